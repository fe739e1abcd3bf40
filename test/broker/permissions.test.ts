import type { WorkerAnswer } from '../../engine/calls';
import { until } from '../../local/readiness';
import type { WireRequestName } from '../../testkit/faults/kafka-proxy';
import { Stage } from '../../testkit/faults/stage';
import type { TopicEvent } from '../../testkit/faults/topic-events';
import { aWorker } from '../../testkit/real-worker';
import { aCall, propertiesOf, refusal, success } from '../../testkit/handling';
import { WORKER_ACTIONS } from '../../testkit/real-cluster';
import { CLUSTER_ARN } from '../../testkit/topics';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set();
});

afterEach(() => {
  stage.proxy.judge = () => 'pass';
  return stage.real.allow(WORKER_ACTIONS);
});
afterAll(() => stage?.stop());

const topicArn = (name: string) => `${CLUSTER_ARN.replace(':cluster/', ':topic/')}/${name}`;

/** Changes everything an Update can change, so a refusal must come before the change that cannot be undone. */
function changedAltogether(event: TopicEvent): TopicEvent {
  if (event.kind !== 'grow' || !event.after) return event;
  const after = { ...event.after, configs: { 'retention.ms': '97000000' } };
  return {
    ...event,
    after,
    call: { ...event.call, properties: propertiesOf({ topicName: event.topicName, ...after }) },
  };
}

/** Calls a new worker, since an authenticated connection stays authenticated. */
async function bySomebodyNew({ after, call, topicName }: TopicEvent, permissionGraceSeconds: number) {
  const worker = aWorker(stage.real);
  const shape = after ?? stage.ledger.shapeOf(topicName);
  const properties = propertiesOf({ topicName, ...shape, permissionGraceSeconds });
  const asked = aCall({ ...call, properties, bootstrapBrokers: stage.proxy.bootstrap, patienceMs: 10_000 });
  return worker.invoke<WorkerAnswer>(asked).finally(() => worker.stop());
}

/** Waits until the request that needs the action is sent a second time, which means that the first was refused. */
function askedAgain(action: keyof typeof REQUEST_OF): Promise<void> {
  let asked = 0;
  stage.proxy.judge = ({ request }) => {
    if (request === REQUEST_OF[action]) asked += 1;
    return 'pass';
  };
  return until(() => asked > 1, { deadline: Date.now() + 30_000, what: () => `${REQUEST_OF[action]} to come again` });
}

const REQUEST_OF = {
  Connect: 'SaslAuthenticate',
  CreateTopic: 'CreateTopics',
  DescribeTopic: 'Metadata',
  DescribeTopicDynamicConfiguration: 'DescribeConfigs',
  AlterTopic: 'CreatePartitions',
  AlterTopicDynamicConfiguration: 'IncrementalAlterConfigs',
  DeleteTopic: 'DeleteTopics',
} as const satisfies Record<string, WireRequestName>;

const LACKS = [
  ['Connect', 'create'],
  ['Connect', 'delete'],
  ['CreateTopic', 'create'],
  ['DescribeTopic', 'create'],
  ['DescribeTopic', 'grow'],
  ['DescribeTopic', 'delete'],
  ['DescribeTopicDynamicConfiguration', 'grow'],
  ['AlterTopic', 'grow'],
  ['AlterTopicDynamicConfiguration', 'grow'],
  ['DeleteTopic', 'delete'],
] as const;

describe('The bundled worker, with a role for topics with a prefix', () => {
  const KINDS = ['create', 'grow', 'delete'] as const;

  test.each(KINDS)('succeeds with a %s of such a topic', async (kind) => {
    const event = changedAltogether(await stage.anEventOn(kind, `orders.${kind}`));
    await stage.real.allow(WORKER_ACTIONS, 'orders.*');
    const answer = await bySomebodyNew(event, 0);
    success(answer);
    expect(await stage.settleUp(event, [answer])).toEqual([]);
  });

  test.each(KINDS)('is refused a %s of another topic by the brokers, whoever asks for it', async (kind) => {
    const topicName = `payments.${kind}`;
    const event = changedAltogether(await stage.anEventOn(kind, topicName));
    await stage.real.allow(WORKER_ACTIONS, 'orders.*');
    const told = refusal(await bySomebodyNew(event, 0));
    expect(told).toMatchObject({ code: 'NotAuthorized', message: expect.stringContaining(topicArn(topicName)) });
    expect(await stage.ledger.findings(topicName)).toEqual([]);
  });
});

describe('The bundled worker, with a role that lacks', () => {
  test.each(LACKS)(
    '%s, is refused a %s, which names the action and where, and changes nothing',
    async (action, kind) => {
      const topicName = `${action}-${kind}`;
      const event = changedAltogether(await stage.anEventOn(kind, topicName));
      await stage.real.allow(WORKER_ACTIONS.filter((one) => one !== action));
      const told = refusal(await bySomebodyNew(event, 0));
      const place = action === 'Connect' ? CLUSTER_ARN : topicArn(topicName);
      expect(told.code).toBe(action === 'Connect' ? 'NotAuthenticated' : 'NotAuthorized');
      for (const word of [`'${topicName}'`, `kafka-cluster:${action} on ${place}`, 'Nothing was changed.'])
        expect(told.message).toContain(word);
      expect(await stage.ledger.findings(topicName)).toEqual([]);
    },
  );

  test.each(LACKS)('%s, succeeds with a %s once it arrives', async (action, kind) => {
    const event = changedAltogether(await stage.anEventOn(kind, `late-${action}-${kind}`));
    await stage.real.allow(WORKER_ACTIONS.filter((one) => one !== action));
    const again = askedAgain(action);
    const answered = bySomebodyNew(event, 60);
    await again;
    await stage.real.allow(WORKER_ACTIONS);
    const answer = await answered;
    success(answer);
    expect(await stage.settleUp(event, [answer])).toEqual([]);
    expect(await stage.ledger.findings(event.topicName)).toEqual([]);
  });
});
