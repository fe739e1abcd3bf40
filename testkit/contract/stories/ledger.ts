import { parseIdentity } from '../../../engine/topics/identity';
import { type Name, NAMES } from './actions';
import { tidyConfigs } from './model';
import type { LiveTopic } from './world';

/** Tracks which records exist, and which of them may be lost because somebody asked for it. */
export class Ledger {
  private readonly held = new Map<string, { readonly name: Name; readonly records: number }>();
  private readonly doomed = new Set<string>();

  public constructor(private readonly look: (name: Name) => Promise<LiveTopic | undefined>) {}

  /** Permits the loss of a topic's records, by topic ID or by the physical ID of the resource that created it. */
  public mayLose(id: string): void {
    const identity = parseIdentity(id);
    if (!identity) this.doomed.add(id);
    else if (identity.mark === 'c') this.doomed.add(identity.topicId);
  }

  /** Throws if records were lost that nobody asked to lose. Returns what exists, by name. */
  public async check(): Promise<Record<string, Omit<LiveTopic, 'topicId'>>> {
    const live = await Promise.all(NAMES.map(async (name) => [name, await this.look(name)] as const));
    const there = live.flatMap(([name, topic]) => (topic ? [[name, topic] as const] : []));
    for (const [topicId, { name, records }] of this.held) {
      const left = there.find(([, topic]) => topic.topicId === topicId)?.[1].records ?? 0;
      if (left < records && !this.doomed.has(topicId)) throw new Error(`${records - left} records of ${name} are lost`);
    }
    this.held.clear();
    for (const [name, { records, topicId }] of there) this.held.set(topicId, { name, records });
    return Object.fromEntries(
      there.map(([name, { configs, partitions, records, replicationFactor }]) => [
        name,
        { partitions, replicationFactor, configs: tidyConfigs(configs), records },
      ]),
    );
  }
}
