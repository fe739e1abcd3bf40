import fc from 'fast-check';
import type { RequestName } from '../../../engine/kafka/requests';
import type { TopicSpec } from '../../../lib/model/wire/topic';

/** Topic names of the stories. Two of them exclude each other. */
export const NAMES = ['orders', 'pay.ments', 'pay_ments'] as const;
export type Name = (typeof NAMES)[number];

/** The declared settings that stories vary. */
export type StorySpec = Pick<
  TopicSpec,
  | 'partitionCount'
  | 'replicationFactor'
  | 'configs'
  | 'onExisting'
  | 'configDrift'
  | 'onPartitionDecrease'
  | 'onReplace'
  | 'allowDataLoss'
> & { readonly topicName: Name };

/** How often an event is delivered. */
export type Delivery = 'once' | 'twice' | 'twice, the second answer heard' | 'twice at once';

/** How the deployment ends after the topic has succeeded. Unseen means that the direction of the stack is unknown. */
export type Ending = 'well' | 'rolled back' | 'rolled back unseen';

/** What a person, CloudFormation or a client does. */
export type Action =
  | {
      readonly do: 'deploy';
      readonly spec: StorySpec;
      readonly delivery: Delivery;
      readonly ending: Ending;
      /** Number of records that clients write before the deployment ends. */
      readonly meanwhile: number;
    }
  | { readonly do: 'remove'; readonly delivery: Delivery }
  | { readonly do: 'lateCreate'; readonly spec: StorySpec }
  | { readonly do: 'inventedDelete'; readonly id: string }
  | { readonly do: 'lastDeleteAgain' }
  | { readonly do: 'write'; readonly name: Name; readonly records: number }
  | { readonly do: 'handMake'; readonly name: Name; readonly partitions: number; readonly configs: Configs }
  | { readonly do: 'handDelete'; readonly name: Name }
  | { readonly do: 'handGrow'; readonly name: Name; readonly by: number }
  | { readonly do: 'handSet'; readonly name: Name; readonly configs: Configs }
  /** The next request of a kind gets no answer. */
  | { readonly do: 'loseAnswer'; readonly request: RequestName; readonly carriedOut: boolean };

type Configs = Readonly<Record<string, string>>;

const partitions = fc.constantFrom(3, 3, 3, 1, 6, 9, 10);
const name = fc.constantFrom<Name>(...NAMES, 'orders');
/** Values that do not expire records by themselves, in the spellings that people use. */
const configs: fc.Arbitrary<Configs> = fc
  .dictionary(fc.constantFrom('retention.ms', 'segment.ms', 'preallocate', 'cleanup.policy'), fc.constant(''), {
    maxKeys: 2,
  })
  .chain((keys) =>
    fc.record(
      Object.fromEntries(
        Object.keys(keys).map((key) => [
          key,
          key === 'preallocate'
            ? fc.constantFrom('TRUE', 'false')
            : key === 'cleanup.policy'
              ? fc.constantFrom('delete', 'compact, delete')
              : fc.constantFrom('9223372036854775807', ' 604800000 '),
        ]),
      ),
    ),
  );
const spec: fc.Arbitrary<StorySpec> = fc.record({
  topicName: name,
  partitionCount: partitions,
  replicationFactor: fc.constantFrom(3, 3, 3, 2, 4),
  configs,
  onExisting: fc.constantFrom('fail', 'adopt'),
  configDrift: fc.constantFrom('declared', 'exact'),
  onPartitionDecrease: fc.constantFrom('fail', 'keep'),
  onReplace: fc.constantFrom('retain', 'delete'),
  allowDataLoss: fc.constantFrom(false, false, true),
});
const delivery = fc.constantFrom<Delivery>('once', 'twice', 'twice, the second answer heard', 'twice at once');
const records = fc.integer({ min: 1, max: 5 });

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      spec,
      delivery,
      ending: fc.constantFrom<Ending>('well', 'well', 'rolled back', 'rolled back unseen'),
      meanwhile: fc.constantFrom(0, 0, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), delivery }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lateCreate' as const), spec }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('inventedDelete' as const),
      id: fc.constantFrom('Shop-Orders-1QXABC', 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED', ''),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lastDeleteAgain' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), name, records }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('handMake' as const),
      name,
      partitions,
      configs,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('handDelete' as const), name }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('handGrow' as const), name, by: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('handSet' as const), name, configs }) },
);

const loss: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('loseAnswer' as const),
  request: fc.constantFrom<RequestName>(
    ...(['Metadata', 'CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'DeleteTopics'] as const),
  ),
  carriedOut: fc.boolean(),
});

interface Lengths {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Generates stories of the given lengths. */
export const stories = (lengths: Lengths): fc.Arbitrary<Action[]> => fc.array(action, lengths);

/** Generates stories in which answers are lost, too, if the world supports it. */
export const storiesWithLosses = (lengths: Lengths): fc.Arbitrary<Action[]> =>
  fc.array(fc.oneof({ weight: 5, arbitrary: action }, { weight: 1, arbitrary: loss }), lengths);
