import type { StorySpec } from './actions';
import type { LiveTopic } from './world';

type Shape = Pick<LiveTopic, 'partitions' | 'replicationFactor' | 'configs'>;

/** What must be live after a success, computed independently of the plan. */
export function expectedTopic(declared: StorySpec, previous?: StorySpec, live?: Shape): Shape {
  const configs = new Map(Object.entries(live?.configs ?? {}));
  if (declared.configDrift === 'exact') configs.clear();
  for (const key of Object.keys(previous?.configs ?? {})) configs.delete(key);
  for (const [key, value] of Object.entries(declared.configs)) configs.set(key, value);
  return {
    partitions: Math.max(declared.partitionCount, live?.partitions ?? 0),
    replicationFactor: live?.replicationFactor ?? declared.replicationFactor,
    configs: Object.fromEntries(configs),
  };
}

export function sameTopic(one: Shape, other: Shape): boolean {
  const text = ({ configs, partitions, replicationFactor }: Shape) =>
    JSON.stringify([partitions, replicationFactor, tidyConfigs(configs)]);
  return text(one) === text(other);
}

/** Configs in a fixed order, with values as brokers write them. */
export function tidyConfigs(configs: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(configs).map(([key, value]) => [key, value.toLowerCase().replace(/\s/g, '')] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
