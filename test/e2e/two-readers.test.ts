import { DescribeSecurityGroupRulesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { Deployment } from './support/deployment';
import type { Imported, ReadersScenario } from './support/readers-scenario';

let deployment: Deployment<ReadersScenario>;
let imported: Imported;

beforeAll(async () => {
  deployment = await Deployment.start<ReadersScenario>({ entry: 'test/e2e/apps/readers-app.ts' });
  await deployment.deploy({});
  const { ClusterArn, GroupId, VpcId } = await deployment.outputs('Platform');
  imported = { clusterArn: ClusterArn, groupId: GroupId, vpcId: VpcId };
});

afterAll(() => deployment?.stop());

/** The rules for pollers that the brokers' group has now. */
async function pollerRules(): Promise<string[]> {
  const Filters = [{ Name: 'group-id', Values: [imported.groupId] }];
  const client = new EC2Client(deployment.aws());
  const { SecurityGroupRules = [] } = await client.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.filter(({ FromPort }) => FromPort === 9098)
    .map(({ IsEgress, ReferencedGroupInfo }) => [IsEgress ? 'to' : 'from', ReferencedGroupInfo?.GroupId].join(' '))
    .sort();
}

const itself = () => [`from ${imported.groupId}`, `to ${imported.groupId}`];

// the tests depend on each other: each continues where the previous one ended
describe('Two stacks that read an imported cluster with Lambda', () => {
  test('are both deployed, with each rule once', async () => {
    await deployment.deploy({ imported, readers: ['First', 'Second'] });
    expect(await deployment.stackStatus('First')).toBe('CREATE_COMPLETE');
    expect(await deployment.stackStatus('Second')).toBe('CREATE_COMPLETE');
    expect(await pollerRules()).toEqual(itself());
  });

  test('leave the rules to the second when the first is destroyed', async () => {
    await deployment.destroy('First', '--exclusively');
    expect(await deployment.stackStatus('Second')).toBe('CREATE_COMPLETE');
    expect(await pollerRules()).toEqual(itself());
  });

  test('learn from EC2 that the rules are there, which can be said', async () => {
    const readers = ['Second'];
    const { code, output } = await deployment.tryToDeploy({ imported, readers });
    expect([code, output.replace(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(/peer: \S+, TCP, .*already exists/)]);
    await deployment.deploy({ imported, readers, addSecurityGroupRules: false });
    expect(await pollerRules()).toEqual(itself());
  });

  test('go with the cluster', async () => {
    await deployment.destroy();
    expect(deployment.standIn.clusters).toEqual([]);
    expect(await pollerRules()).toEqual([]);
  });
});
