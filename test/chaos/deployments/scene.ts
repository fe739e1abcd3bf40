import type { UnkindOptions } from '../../../local/emulator/unkind';
import type { Scenario, ScenarioTopic } from '../../e2e/support/scenario';
import type { Dice } from '../dice';
import type { DeploymentLedger } from './ledger';

/** What one deployment changes, and what AWS does meanwhile. */
export interface Scene {
  readonly changes: readonly string[];
  readonly topics: Scenario['topics'];
  readonly unkind: UnkindOptions;
  /** What refuses the deployment, if it must not succeed. */
  readonly refusal?: 'TopicExists' | 'PartitionDecrease' | 'AwsRefused';
  /** When the actions are allowed again that `unkind` denies: as a policy that comes late, or once the stack rolls back. */
  readonly allowedAgain?: 'soon' | 'in the rollback';
}

/** What the dispatcher cannot work without. */
const NEEDED = ['cloudformation:DescribeStacks', 'kafka:GetBootstrapBrokers', 'lambda:InvokeFunction'];

const MOST_CHANGES = 8;
const MOST_TOPICS = 25;
const MOST_PARTITIONS = 20;
const CHANGES = ['add', 'add', 'grow', 'grow', 'alter', 'alter', 'remove', 'rename'] as const;

type Topics = Record<string, ScenarioTopic>;

export function aScene(dice: Dice, ledger: DeploymentLedger): Scene {
  const unkind = aBadDay(dice);
  const draft = new Draft(dice, ledger);
  const count = dice.between(1, MOST_CHANGES);
  for (let index = 0; index < count; index++) draft.change();
  // the stand-in rolls back all topics at once, which is more than ten executions have room for
  const mayFail = unkind.concurrentExecutions !== 10;
  const { changes, topics } = draft;
  if (dice.happens(0.25)) return { changes, topics, ...denied(dice, unkind, mayFail && draft.writes) };
  const refusal = mayFail && dice.happens(0.3) ? draft.spoil() : undefined;
  return { changes, topics, unkind, refusal };
}

function denied(
  dice: Dice,
  unkind: UnkindOptions,
  mayFail: boolean,
): Pick<Scene, 'unkind' | 'refusal' | 'allowedAgain'> {
  const deny = [{ role: '*Dispatcher*', actions: [dice.one(NEEDED)] }];
  const allowedAgain = mayFail ? dice.one(['soon', 'in the rollback'] as const) : 'soon';
  const refusal = allowedAgain === 'soon' ? undefined : 'AwsRefused';
  return { unkind: { ...unkind, deny }, allowedAgain, refusal };
}

function aBadDay(dice: Dice): UnkindOptions {
  const concurrentExecutions = dice.one([undefined, 10, 1000]);
  // each copy takes three executions, and the lanes of the topics leave room for one
  const share = () => (concurrentExecutions !== 10 && dice.happens(0.5) ? 0.3 : 0);
  return {
    seed: dice.between(0, 1_000_000),
    throttling: dice.happens(0.6),
    serverErrors: dice.one([0, 0.01, 0.02]),
    concurrentExecutions,
    functionKeySeconds: dice.one([undefined, 5, 30]),
    events: { twice: share(), again: share(), older: share() },
  };
}

/** The next template, which begins as the last one that was deployed. */
class Draft {
  public readonly topics: Topics;
  public readonly changes: string[] = [];
  private readonly touched = new Set<string>();

  public constructor(
    private readonly dice: Dice,
    private readonly ledger: DeploymentLedger,
  ) {
    this.topics = { ...ledger.declared };
  }

  public change(): void {
    const wanted = this.dice.one(CHANGES);
    const id = this.anUntouched(wanted === 'rename');
    const isFull = Object.keys(this.topics).length >= MOST_TOPICS;
    if (!id || (wanted === 'add' && !isFull)) this.add();
    else if (wanted === 'remove' || wanted === 'add') this.remove(id);
    else this.alter(id, wanted);
  }

  /** Whether something must be done before the stack is complete; what is only removed is deleted afterwards. */
  public get writes(): boolean {
    return Object.entries(this.topics).some(([id, topic]) => this.ledger.declared[id] !== topic);
  }

  /** Makes the deployment one that must be refused. */
  public spoil(): Scene['refusal'] {
    const id = this.anUntouched(false);
    if (id && (this.topics[id].partitionCount ?? 0) > 1 && this.dice.happens(0.5)) {
      this.set(id, { partitionCount: 1 }, 'shrinks');
      return 'PartitionDecrease';
    }
    this.topics[this.ledger.aName()] = { topicName: this.dice.one(this.ledger.foreign) };
    this.changes.push('asks for a topic of somebody else');
    return 'TopicExists';
  }

  private add(): void {
    const topicName = this.ledger.aName();
    const retention = String(this.dice.between(1, 9) * 86_400_000);
    const partitionCount = this.dice.between(1, 6);
    this.topics[topicName] = {
      ...{ topicName, partitionCount, other: { 'retention.ms': retention }, destroy: this.dice.happens(0.6) },
    };
    this.touched.add(topicName);
    this.changes.push(`${topicName} added`);
  }

  private remove(id: string): void {
    delete this.topics[id];
    this.changes.push(`${id} removed`);
  }

  private alter(id: string, wanted: 'grow' | 'alter' | 'rename'): void {
    const { partitionCount = 1 } = this.topics[id];
    if (wanted === 'rename') this.set(id, { topicName: this.ledger.aName() }, 'renamed');
    else if (wanted === 'grow' && partitionCount < MOST_PARTITIONS)
      this.set(id, { partitionCount: partitionCount + this.dice.between(1, 3) }, 'grown');
    else this.set(id, { other: { 'retention.ms': String(this.dice.between(10, 99) * 86_400_000) } }, 'altered');
  }

  private set(id: string, part: Partial<ScenarioTopic>, what: string): void {
    this.topics[id] = { ...this.topics[id], ...part };
    this.changes.push(`${id} ${what}`);
  }

  private anUntouched(isEmpty: boolean): string | undefined {
    const free = Object.keys(this.topics).filter((id) => !this.touched.has(id));
    const able = isEmpty ? free.filter((id) => this.ledger.mayBeRenamed(id)) : free;
    const id = able.length > 0 ? this.dice.one(able) : undefined;
    if (id) this.touched.add(id);
    return id;
  }
}
