import { CfnResource, type IResolveContext } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { shortAddress } from '../internal/names';
import { lanesOf } from '../model/lanes';
import { levelsOf } from './topic-levels';
import type { TopicResource } from './topic-resource';

type Waits = ReadonlyMap<TopicResource, TopicResource>;

/** The topics of one worker. */
interface Group {
  readonly topics: TopicResource[];
  lanes: number;
}

/**
 * Limits how many topics of a stack each worker handles at the same time, by dependencies between the topics' resources. They
 * are decided when the template is written, since topics and dependencies can be added until then.
 */
export class TopicLanes {
  private readonly groups = new Map<IConstruct, Group>();
  private waits?: Waits;

  /** If topics of one worker ask for different numbers of lanes, the smallest one applies. */
  public add(topic: TopicResource, worker: IConstruct, lanes: number): void {
    const group = this.groups.get(worker) ?? { topics: [], lanes };
    this.groups.set(worker, group);
    group.topics.push(topic);
    group.lanes = Math.min(group.lanes, lanes);
    topic.renderDependsOn((context) => this.dependenciesOf(topic, context));
  }

  /** What the CDK itself would render, and then the topic that this one waits for. */
  private dependenciesOf(topic: TopicResource, { preparing }: IResolveContext): string[] {
    if (preparing)
      this.waits = undefined; // a synthesis begins, and every synthesis decides anew
    else this.waits ??= this.decide();
    const inStack = ({ stack }: CfnResource) => stack === topic.stack;
    const existing = topic.obtainDependencies().filter(CfnResource.isCfnResource).filter(inStack);
    existing.sort((one, other) => one.node.path.localeCompare(other.node.path));
    const before = this.waits?.get(topic) ?? [];
    return [...new Set(existing.concat(before))].map(({ logicalId }) => logicalId);
  }

  private decide(): Waits {
    this.waits = new Map(); // the dependencies that exist without lanes are read now
    const groups = [...this.groups.values()];
    const crowded = groups.filter(({ lanes, topics }) => topics.length > lanes);
    if (crowded.length === 0) return this.waits;
    const levelOf = levelsOf(groups.flatMap(({ topics }) => topics));
    return new Map(crowded.flatMap((group) => [...waitsOf(group, levelOf)]));
  }
}

function waitsOf(
  { lanes, topics }: Group,
  levelOf: (topic: TopicResource) => number,
): [TopicResource, TopicResource][] {
  const members = topics.map((resource) => ({ resource, key: shortAddress(resource), level: levelOf(resource) }));
  return [...lanesOf(members, lanes)].map(([topic, before]) => [topic.resource, before.resource]);
}
