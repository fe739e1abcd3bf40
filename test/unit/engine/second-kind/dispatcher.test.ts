import { handleBrokerResource } from '../../../../lambda/dispatcher/broker-resource';
import type { ResourceAnswer, ResourceEvent } from '../../../../lambda/dispatcher/context/event';
import { handlerOf } from '../../../../lambda/worker/handle';
import type { WorkerAnswer, WorkerCall } from '../../../../engine/calls';
import { anEvent, FakeAws } from '../../../../testkit/fake-aws';
import { always, MemoryCluster } from '../../../../testkit/memory-cluster';
import { CLUSTER_ARN } from '../../../../testkit/topics';
import { labelKind, labelResource } from './label-kind';
import { MemoryLabels } from './label-port';

/** AWS with the real worker, for labels. */
class LabelAws extends FakeAws {
  public constructor(private readonly memory: MemoryLabels) {
    super(() => {
      throw new Error('no ports of topics');
    });
  }

  public override invoke(_functionArn: string, call: WorkerCall): Promise<WorkerAnswer> {
    this.calls.push(call);
    const pool = { take: () => this.memory.connect(), giveBack: () => Promise.resolve() };
    return handlerOf(labelKind)(call, pool, { time: this.time, deadline: this.time.now() + 660_000 });
  }
}

let cluster: MemoryCluster;
let memory: MemoryLabels;
let aws: LabelAws;
beforeEach(() => {
  cluster = new MemoryCluster();
  memory = new MemoryLabels(cluster);
  aws = new LabelAws(memory);
});

const propertiesOf = (more: Record<string, string> = {}) => ({
  Key: 'color',
  Value: 'red',
  ClusterArn: CLUSTER_ARN,
  Worker: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
  ...more,
});
const send = (event: Partial<ResourceEvent> = {}): Promise<ResourceAnswer> => {
  const sent = anEvent({ ResourceType: labelKind.resourceType, ResourceProperties: propertiesOf(), ...event });
  return handleBrokerResource(labelResource, sent, aws.context());
};
const physicalId = () => `kl1:${cluster.clusterId}:color`;
const remove = (PhysicalResourceId: string | undefined, ResourceProperties = propertiesOf()) =>
  send({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties });
const silence = () => cluster.mishaps.push(...always({ request: 'Metadata', error: 'NO_ANSWER' }));

describe('The dispatcher, for a second kind of resource', () => {
  test('answers with its attributes, and names the kind to the worker', async () => {
    const Data = { Key: 'color', Value: 'red', Warnings: '' };
    expect(await send()).toEqual({ PhysicalResourceId: physicalId(), Data });
    expect(aws.calls[0].resourceType).toBe('Custom::KafkaLabel');
  });

  test('refuses a late Create in the terms of the kind', async () => {
    aws.status = 'ROLLBACK_IN_PROGRESS';
    await expect(send()).rejects.toThrow(/^LateCreate: the stack is in ROLLBACK_IN_PROGRESS and accepts no new label/);
    expect(aws.calls).toEqual([]);
  });

  test.each([undefined, 'Shop-Color-1ABCDEF', 'kt1:c:cluster:topic:color', 'kl1:cluster:protected'])(
    'does nothing in a Delete of %s',
    async (id) => {
      memory.labels.set('color', 'red').set('protected', 'red');
      await remove(id);
      expect(aws.calls).toEqual([]);
      expect(memory.labels.size).toBe(2);
    },
  );

  test('does nothing in a Delete when another resource stands for the same thing', async () => {
    memory.labels.set('color', 'red');
    aws.resources = [{ logicalId: 'Renamed', physicalId: physicalId() }];
    await remove(physicalId());
    expect(memory.labels.get('color')).toBe('red');
  });

  test('deletes it otherwise', async () => {
    memory.labels.set('color', 'red');
    await remove(physicalId());
    expect(memory.labels.size).toBe(0);
  });

  test('diagnoses brokers that do not answer', async () => {
    silence();
    await expect(send()).rejects.toThrow(/^Unreachable: no broker answered: .*no inbound rule for TCP 9098/);
  });

  test('keeps it with a warning if a Delete reaches no broker and may be skipped', async () => {
    memory.labels.set('color', 'red');
    silence();
    await remove(physicalId(), propertiesOf({ OnUnreachable: 'retain' }));
    expect(aws.warnings).toEqual([expect.stringMatching(/^LabelKept: no broker answered, so the label was kept/)]);
    await expect(remove(physicalId())).rejects.toThrow(/^Unreachable/);
  });

  describe('in the rollback of an Update that fails', () => {
    const rollBack = (Key = 'color') => {
      cluster.mishaps.push({ request: 'IncrementalAlterConfigs', error: 'INVALID_CONFIG', detail: 'no such color' });
      memory.labels.set('color', 'blue');
      return send({
        RequestType: 'Update',
        PhysicalResourceId: physicalId(),
        OldResourceProperties: propertiesOf({ Value: 'blue' }),
        ResourceProperties: propertiesOf({ Key }),
      });
    };

    test('leaves it as it is, with a warning', async () => {
      aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      expect((await rollBack()).PhysicalResourceId).toBe(physicalId());
      expect(memory.labels.get('color')).toBe('blue');
      expect(aws.warnings).toEqual([
        expect.stringMatching(/^LabelNotRolledBack: 'color' was left as it is \(InvalidConfig: label 'color'/),
      ]);
    });

    test('refuses if the stack goes forward, or if it would stand for another thing', async () => {
      await expect(rollBack()).rejects.toThrow(/^InvalidConfig/);
      aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      await expect(rollBack('shape')).rejects.toThrow(/^InvalidConfig/);
    });
  });
});
