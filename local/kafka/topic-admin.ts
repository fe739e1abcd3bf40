import type { Inspector, TopicDescription } from './inspector';

/** A topic as the emulator of MSK's API asks for it. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** All that shall be set on it. */
  readonly configs: Readonly<Record<string, string>>;
  /** Refused when it is there already; else one that is there is changed. */
  readonly isNew: boolean;
}

/** Does on the brokers of one cluster what MSK's topic API does, as MSK itself: past every access rule. */
export class TopicAdmin {
  public constructor(private readonly inspector: Inspector) {}

  public find(name: string): Promise<TopicDescription | undefined> {
    return this.inspector.topic(name);
  }

  public put(wanted: WantedTopic): Promise<void> {
    return wanted.isNew ? this.inspector.createTopic(wanted.name, wanted) : this.change(wanted);
  }

  /** Done as well when it is gone. */
  public async delete(name: string): Promise<void> {
    if (await this.inspector.topic(name)) await this.inspector.deleteTopic(name);
  }

  private async change({ configs, name, partitions }: WantedTopic): Promise<void> {
    const live = await this.inspector.topic(name);
    if (!live) throw new Error(`there is no topic ${name}`);
    if (partitions > live.partitions) await this.inspector.createPartitions(name, partitions);
    const remove = Object.keys(live.configs).filter((key) => !(key in configs));
    if (remove.length + Object.keys(configs).length === 0) return;
    await this.inspector.alterConfigs(name, { set: configs, remove });
  }
}
