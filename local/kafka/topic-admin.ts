import type { Inspector, TopicDescription } from './inspector';

/** A topic as requested by the emulator of MSK's API. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** All configs of the topic. Others are removed from an existing topic. */
  readonly configs: Readonly<Record<string, string>>;
  /** Whether to create the topic and fail if it exists, instead of changing an existing topic. */
  readonly isNew: boolean;
}

/** Performs the operations of MSK's topic API on the brokers of a cluster. Like MSK, it bypasses access control. */
export class TopicAdmin {
  public constructor(private readonly inspector: Inspector) {}

  public find(name: string): Promise<TopicDescription | undefined> {
    return this.inspector.topic(name);
  }

  public put(wanted: WantedTopic): Promise<void> {
    return wanted.isNew ? this.inspector.createTopic(wanted.name, wanted) : this.change(wanted);
  }

  /** Succeeds even if the topic does not exist. */
  public async delete(name: string): Promise<void> {
    if (await this.inspector.topic(name)) await this.inspector.deleteTopic(name);
  }

  private async change({ configs, name, partitions }: WantedTopic): Promise<void> {
    const live = await this.inspector.topic(name);
    if (!live) throw new Error(`topic ${name} does not exist`);
    if (partitions > live.partitions) await this.inspector.createPartitions(name, partitions);
    const remove = Object.keys(live.configs).filter((key) => !(key in configs));
    if (remove.length + Object.keys(configs).length === 0) return;
    await this.inspector.alterConfigs(name, { set: configs, remove });
  }
}
