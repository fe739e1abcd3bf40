import fc from 'fast-check';
import { Refusal } from '../../../../engine/refusal';
import type { TopicIdentity } from '../../../../engine/topics/identity';
import type { ApplyJob, DeleteJob } from '../../../../engine/topics/job';
import type { Observed, ObservedTopic } from '../../../../engine/topics/observed';
import { plan, type Step, type TopicPlan } from '../../../../engine/topics/plan';
import { keysUsedBy } from '../../../../lib/model/wire/fields';
import { SPEC_FIELDS } from '../../../../lib/model/wire/topic';
import { cases } from '../../../../testkit/any-case';
import { aRequest, aTopic, CLUSTER_ARN } from '../../../../testkit/topics';

const RUNS = 600;
const THROTTLE = 'follower.replication.throttled.replicas';
const [HERE, ELSEWHERE] = ['cluster-1', 'cluster-2'];

const name = fc.constantFrom('orders', 'payments');
const stack = fc.constantFrom('forward', 'rollingBack', 'unknown');
const configs = fc.dictionary(
  fc.constantFrom('retention.ms', 'segment.ms', 'preallocate', 'cleanup.policy', 'unknown.key'),
  fc.constantFrom('1', ' 01', '9223372036854775807', 'TRUE', 'compact, delete'),
);
const liveConfigs = fc
  .tuple(configs, fc.boolean())
  .map(([own, moving]) => (moving ? { ...own, [THROTTLE]: '*' } : own));
const spec = fc
  .record({
    topicName: name,
    partitionCount: fc.integer({ min: 1, max: 12 }),
    replicationFactor: fc.integer({ min: 1, max: 3 }),
    configs,
    onExisting: fc.constantFrom('fail', 'adopt'),
    configDrift: fc.constantFrom('declared', 'exact'),
    onPartitionDecrease: fc.constantFrom('fail', 'keep'),
    onReplace: fc.constantFrom('retain', 'delete'),
    allowDataLoss: fc.boolean(),
  })
  .map(aTopic);
const place = {
  mark: fc.constantFrom('c', 'a', 'r'),
  clusterId: fc.constantFrom(HERE, HERE, ELSEWHERE),
  topicId: fc.constantFrom('id-1', 'id-2'),
} as const;
const previous = fc.option(fc.record({ ...place, mayLoseRecords: fc.boolean() }), { nil: undefined });
const identity: fc.Arbitrary<TopicIdentity> = fc.record({ ...place, name, previous });
const oldArn = fc.constantFrom(CLUSTER_ARN, `${CLUSTER_ARN}-old`, undefined);
const contents = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n }), fc.boolean())
  .map(([records, ever]) => ({ records, everWritten: ever || records > 0n }));
const live = fc.record({
  partitionCount: fc.integer({ min: 1, max: 12 }),
  replicationFactor: fc.integer({ min: 1, max: 3 }),
  configs: liveConfigs,
  topicId: fc.constantFrom('id-1', 'id-2'),
  contents: fc.option(contents, { nil: undefined }),
  led: fc.constant(true),
  outOfSync: fc.constant([]),
});
const world = fc.record({
  topic: fc.option(live, { nil: undefined }),
  abandoned: fc.option(contents, { nil: undefined }),
});

const update = fc
  .record({
    ...{ desired: spec, previous: spec, previousClusterArn: oldArn },
    ...{ identity: fc.option(identity, { nil: undefined }), stack, world },
  })
  .map(({ world: { abandoned, topic }, ...rest }) => {
    const job: ApplyJob = { ...rest, request: rest.identity ? 'Update' : 'Create', place: aRequest().place };
    const seen: Observed = { clusterId: HERE, abandoned, topic: topic && { ...topic, name: job.desired.topicName } };
    return { job, seen };
  });

const removal = fc
  .record({ identity, stack, world, keepsRecords: fc.boolean() })
  .map(({ world: { topic }, ...rest }) => {
    const job: DeleteJob = { ...rest, request: 'Delete', place: {}, graceSeconds: 0 };
    const { name: topicName, topicId } = job.identity;
    const seen: Observed = { clusterId: HERE, topic: topic && { ...topic, name: topicName, topicId } };
    return { job, seen };
  });

/** The topic after the brokers have carried out the steps. */
function carriedOut(steps: readonly Step[], before?: ObservedTopic): ObservedTopic | undefined {
  return steps.reduce<ObservedTopic | undefined>((topic, step) => {
    if (step.do === 'deleteTopic') return undefined;
    if (step.do === 'createTopic') {
      const { configs: declared, partitionCount, replicationFactor, topicName } = step.topic;
      return {
        ...{
          name: topicName,
          topicId: 'id-3',
          led: true,
          outOfSync: [],
          contents: { records: 0n, everWritten: false },
        },
        ...{ partitionCount, replicationFactor, configs: declared },
      };
    }
    if (!topic) throw new Error(`${step.do} of nothing`);
    if (step.do === 'growTopic') return { ...topic, partitionCount: step.to };
    const kept = Object.entries(topic.configs).filter(([key]) => !step.change.reset.includes(key));
    return { ...topic, configs: { ...Object.fromEntries(kept), ...step.change.set } };
  }, before);
}

/** The plan, or undefined if it is refused or leaves everything as it is. */
function carried(job: ApplyJob, seen: Observed): TopicPlan | undefined {
  const decided = planned(job, seen);
  return decided?.isLeft ? undefined : decided;
}

/** The plan, or undefined if it is refused. */
function planned(job: ApplyJob | DeleteJob, seen: Observed): TopicPlan | undefined {
  try {
    return plan(job, seen);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const tidy = (value?: string) =>
  value
    ?.trim()
    .toLowerCase()
    .replaceAll(' ', '')
    .replace(/^0+(?=\d)/, '');

describe('plan, for any topic that is declared and any that is live', () => {
  test('reads every field that the wire leaves to it, so that no option is forgotten', () => {
    const read = new Set<PropertyKey>();
    const note = { get: (target: object, key: PropertyKey) => read.add(key) && (Reflect.get(target, key) as unknown) };
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        planned({ ...job, desired: new Proxy<ApplyJob['desired']>(job.desired, note) }, seen);
      }),
      cases(RUNS),
    );
    expect(keysUsedBy(SPEC_FIELDS, 'plan').filter((key) => !read.has(key))).toEqual([]);
  });

  test('applied to the observed state gives the desired state', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const decided = carried(job, seen);
        if (!decided) return;
        const after = carriedOut(decided.steps, seen.topic)!;
        const { configs: declared, partitionCount, topicName } = job.desired;
        expect(after.name).toBe(topicName);
        expect(after.partitionCount).toBe(Math.max(partitionCount, seen.topic?.partitionCount ?? 0));
        for (const [key, value] of Object.entries(declared)) expect(tidy(after.configs[key])).toBe(tidy(value));
        expect(after.replicationFactor).toBe((seen.topic ?? job.desired).replicationFactor);
      }),
      cases(RUNS),
    );
  });

  test('leaves no config that was declared and is not any more, and takes none that is not its own', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const decided = carried(job, seen);
        if (!decided || decided.row === 'recognised') return;
        const after = carriedOut(decided.steps, seen.topic)!;
        for (const [key, value] of Object.entries(seen.topic?.configs ?? {})) {
          const isOurs = key !== THROTTLE && (job.desired.configDrift === 'exact' || key in job.previous.configs!);
          if (!(key in job.desired.configs)) expect(after.configs[key]).toBe(isOurs ? undefined : value);
        }
      }),
      cases(RUNS),
    );
  });

  test('gives nothing to do when it is made again', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const decided = carried(job, seen);
        if (!decided) return;
        const topic = carriedOut(decided.steps, seen.topic)!;
        const mark = decided.mark ?? job.identity!.mark;
        const ours: TopicIdentity = { mark, clusterId: HERE, topicId: topic.topicId, name: topic.name };
        const again: ApplyJob = { ...job, request: 'Update', identity: ours, previous: job.desired, stack: 'unknown' };
        expect(plan(again, { clusterId: HERE, topic }).steps).toEqual([]);
      }),
      cases(RUNS),
    );
  });

  test('changes nothing after a step that cannot be taken back but configs, which are validated first, and deletes nothing', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const steps = planned(job, seen)?.steps.map((step) => step.do) ?? [];
        expect(steps).not.toContain('deleteTopic');
        expect([[], ['createTopic'], ['growTopic'], ['alterConfigs'], ['growTopic', 'alterConfigs']]).toContainEqual(
          steps,
        );
      }),
      cases(RUNS),
    );
  });

  test('never refuses the rollback of a topic that is ours', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        fc.pre(job.identity !== undefined);
        expect(planned({ ...job, stack: 'rollingBack' }, seen)).toBeDefined();
      }),
      cases(RUNS),
    );
  });

  test('changes no topic that the resource does not stand for, unless the template or the rollback of a rename allows it', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const changes = planned(job, seen)?.steps.some((step) => step.do === 'alterConfigs' || step.do === 'growTopic');
        fc.pre(changes === true && seen.topic?.topicId !== job.identity?.topicId);
        const { identity: ours, stack: direction } = job;
        const isAllowed = job.desired.onExisting === 'adopt' && direction !== 'unknown';
        const isBack = direction === 'rollingBack' && ours?.previous?.topicId === seen.topic?.topicId;
        const isMadeAgain = direction === 'forward' && ours?.name === job.desired.topicName;
        expect([isAllowed, isBack, isMadeAgain]).toContain(true);
      }),
      cases(RUNS),
    );
  });

  test('does nothing on another cluster than that of the ID, unless another one is declared', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        fc.pre(job.identity?.clusterId === ELSEWHERE && job.previousClusterArn !== `${CLUSTER_ARN}-old`);
        const decided = planned(job, seen);
        expect(decided?.isLeft ?? 'refused').toBe(job.stack === 'forward' ? 'refused' : true);
        expect(decided?.steps ?? []).toEqual([]);
      }),
      cases(RUNS),
    );
  });

  test('lets go of records only when it is told so in words', () => {
    fc.assert(
      fc.property(update, ({ job, seen }) => {
        const { desired, identity: old } = job;
        const isMoved = old?.mark === 'c' && (old.name !== desired.topicName || old.clusterId !== HERE);
        fc.pre(old?.clusterId === HERE || job.previousClusterArn === `${CLUSTER_ARN}-old`);
        const holds = seen.abandoned?.records !== 0n;
        fc.pre(isMoved && holds && desired.onReplace === 'delete' && !desired.allowDataLoss);
        expect(planned({ ...job, stack: 'forward' }, seen)).toBeUndefined();
        expect(planned({ ...job, stack: 'unknown' }, seen)).toBeUndefined();
      }),
      cases(RUNS),
    );
  });
});

describe('plan, for any Delete', () => {
  test('deletes by the ID that it was asked for, on its own cluster, and never what was adopted', () => {
    fc.assert(
      fc.property(removal, ({ job, seen }) => {
        const [step, ...more] = plan(job, seen).steps;
        expect(more).toEqual([]);
        if (!step) return;
        expect(step).toEqual({ do: 'deleteTopic', name: job.identity.name, topicId: job.identity.topicId });
        expect([job.identity.clusterId, job.identity.mark === 'a']).toEqual([HERE, false]);
      }),
      cases(RUNS),
    );
  });

  test('keeps records in a rollback, when the status is unknown, when the topic was only recognised, and when a replacement is cleaned up', () => {
    fc.assert(
      fc.property(removal, ({ job, seen }) => {
        fc.pre(seen.topic !== undefined && seen.topic.contents?.records !== 0n);
        fc.pre(job.stack !== 'forward' || job.identity.mark === 'r' || job.keepsRecords);
        expect(plan(job, seen).steps).toEqual([]);
      }),
      cases(RUNS),
    );
  });

  test('gives nothing to do when it is made again', () => {
    fc.assert(
      fc.property(removal, ({ job, seen }) => {
        const topic = carriedOut(plan(job, seen).steps, seen.topic);
        expect(plan(job, { ...seen, topic }).steps).toEqual(topic ? plan(job, seen).steps : []);
      }),
      cases(RUNS),
    );
  });
});
