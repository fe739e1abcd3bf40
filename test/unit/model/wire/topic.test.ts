import { fromOldProperties, fromProperties, toProperties, type TopicRequest } from '../../../../lib/model/wire/topic';
import { aRequest } from '../../../../testkit/topics';

/** Properties as CloudFormation delivers them: every number and boolean is text. */
function asDelivered(properties: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([key, value]) => [
    key,
    typeof value === 'object' ? value : `${value as number}`,
  ]);
  return { ServiceToken: 'arn:token', ServiceTimeout: '1200', ...Object.fromEntries(entries) };
}

const delivered = (request: TopicRequest = aRequest()) => asDelivered(toProperties(request));

describe('The wire of a topic', () => {
  test('hands over what it was given, though all values arrive as text', () => {
    expect(fromProperties(delivered())).toEqual({ request: aRequest(), problems: [] });
  });

  test('hands over the other choices as well', () => {
    const other = aRequest({
      allowDataLoss: true,
      onExisting: 'adopt',
      configDrift: 'exact',
      onPartitionDecrease: 'keep',
      onUnreachable: 'retain',
      onReplace: 'delete',
      nonce: '7',
      configs: { 'retention.ms': '9223372036854775807' },
    });
    expect(fromProperties(delivered(other)).request).toEqual(other);
  });

  test('refuses an unknown property and names the nearest known one', () => {
    const { problems } = fromProperties({ ...delivered(), partitionCont: '3' });
    expect(problems).toEqual([
      {
        code: 'UnknownProperty',
        message: "'partitionCont' is not a property of a topic; did you mean 'PartitionCount'?",
      },
    ]);
  });

  test.each([
    ['PartitionCount', 'nine', /'PartitionCount' must be a whole number, got "nine"/],
    ['PartitionCount', '1e3', /must be a whole number/],
    ['AllowDataLoss', 'yes', /'AllowDataLoss' must be true or false/],
    ['AllowDataLoss', 'constructor', /'AllowDataLoss' must be true or false, got "constructor"/],
    ['AllowDataLoss', { toString: 'true' }, /'AllowDataLoss' must be true or false/],
    ['PartitionCount', { toString: 1 }, /'PartitionCount' must be a whole number/],
    ['PartitionCount', ['3'], /'PartitionCount' must be a whole number/],
    ['Nonce', { a: 'b' }, /'Nonce' must be text/],
    ['ClusterArn', 'events', /'ClusterArn' must be the ARN of a cluster, got "events"/],
    ['ClusterArn', 'arn:aws:sqs:us-east-1:000000000000:events', /'ClusterArn' must be the ARN of a cluster/],
    ['Worker', 'arn:aws:kafka:us-east-1:000000000000:cluster/events/1', /'Worker' must be the ARN of a function/],
    [
      'PermissionGracePeriod',
      '-5',
      /'PermissionGracePeriod' must be a whole number of seconds from 0 to 86400, got "-5"/,
    ],
    ['Worker', `arn:aws:lambda:${'x'.repeat(401)}`, /'Worker' must be the ARN of a function/],
    ['Secret', 'wonderland', /'Secret' must be the ARN of a secret, got something else$/],
    ['Configs', { 'retention.ms': ['1'] }, /'Configs' must be a map of strings/],
    ['OnExisting', 'take', /'OnExisting' must be fail or adopt, got "take"/],
    ['TopicName', '', /'TopicName' must be a name, got ""/],
    ['Configs', 'a=b', /'Configs' must be a map/],
    ['Configs', ['a'], /'Configs' must be a map/],
  ])('refuses %s %p', (property, value, message) => {
    const { problems } = fromProperties({ ...delivered(), [property]: value });
    expect(problems).toEqual([{ code: 'InvalidProperty', message: expect.stringMatching(message) }]);
  });

  test.each(['ClusterArn', 'Worker', 'TopicName', 'PartitionCount', 'ReplicationFactor'])(
    'refuses to do without %s',
    (property) => {
      const { [property]: _, ...rest } = delivered();
      expect(fromProperties(rest).problems).toEqual([
        { code: 'InvalidProperty', message: expect.stringContaining('got nothing') },
      ]);
    },
  );

  test('fills in what an older version of the library did not write', () => {
    const { ClusterArn, Worker, TopicName, PartitionCount, ReplicationFactor } = delivered();
    const { problems, request } = fromProperties({ ClusterArn, Worker, TopicName, PartitionCount, ReplicationFactor });
    expect(problems).toEqual([]);
    expect(request.spec).toMatchObject({
      configs: {},
      onExisting: 'fail',
      allowDataLoss: false,
      permissionGraceSeconds: 120,
    });
  });

  test('passes over what is unknown or unreadable in old properties', () => {
    const { spec } = fromOldProperties({
      TopicName: 'orders',
      PartitionCount: 'many',
      FromTheFuture: 'x',
      Configs: { a: 'b' },
    });
    expect(spec).toMatchObject({ topicName: 'orders', partitionCount: undefined, configs: { a: 'b' } });
  });
});
