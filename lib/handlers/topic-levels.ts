import { CfnResource, type Stack } from 'aws-cdk-lib';
import type { TopicResource } from './topic-resource';

/**
 * Returns how many topics of a stack come before a topic on the longest path of dependencies and references, which may lead
 * through other resources. All are on level 0 if no resource waits for a topic, which is the usual case.
 */
export function levelsOf(topics: readonly TopicResource[]): (topic: TopicResource) => number {
  const { stack } = topics[0];
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
  const own = resources.filter((resource) => resource.stack === stack);
  const isTopic = new Set<unknown>(topics);
  const isWaiting = (resource: CfnResource) => resource.obtainDependencies().some((one) => isTopic.has(one));
  if (!topics.some(({ mayHaveReferences }) => mayHaveReferences) && !own.some(isWaiting)) return () => 0;
  const levels = new TopicLevels(stack, isTopic, own);
  return (topic) => levels.of(topic);
}

class TopicLevels {
  private readonly byLogicalId: ReadonlyMap<string, CfnResource>;
  private readonly levels = new Map<CfnResource, number>();

  public constructor(
    private readonly stack: Stack,
    private readonly topics: ReadonlySet<unknown>,
    resources: readonly CfnResource[],
  ) {
    this.byLogicalId = new Map(resources.map((one) => [stack.resolve(one.logicalId) as string, one]));
  }

  /** The number of topics on the longest path that begins behind this resource. */
  public of(resource: CfnResource): number {
    const existing = this.levels.get(resource);
    if (existing !== undefined) return existing;
    this.levels.set(resource, 0); // CloudFormation refuses circles; the search must still end
    const targets = this.targetsOf(resource);
    const level = Math.max(0, ...targets.map((target) => this.of(target) + (this.topics.has(target) ? 1 : 0)));
    this.levels.set(resource, level);
    return level;
  }

  private targetsOf(resource: CfnResource): CfnResource[] {
    const names = namesIn(this.stack.resolve(resource._toCloudFormation()));
    return [...new Set(names)].flatMap((name) => this.byLogicalId.get(name) ?? []);
  }
}

/** The logical IDs to which a part of a template refers. */
function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => REFERENCES[key]?.([value].flat()) ?? namesIn(value));
}

/** Where the logical IDs are in the arguments of each kind of reference. */
const REFERENCES: Readonly<Record<string, ((args: readonly unknown[]) => string[]) | undefined>> = {
  Ref: ([name]) => [String(name)],
  DependsOn: (names) => names.map(String),
  'Fn::GetAtt': ([name]) => [String(name).split('.')[0]],
  'Fn::Sub': ([text, values]) => [
    ...Array.from(String(text).matchAll(/\$\{([\w:]+)/g), ([, name]) => name),
    ...namesIn(values),
  ],
};
