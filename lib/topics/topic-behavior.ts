/** When a topic of the name is there before the resource is. */
export enum TopicOnExisting {
  /** Refuse, unless it is empty and just as declared: then it is most likely our own earlier try. */
  FAIL = 'fail',
  /** Take it over: set the declared configs, grow it. Deleting the resource then leaves the topic. */
  ADOPT = 'adopt',
}

/** What happens to configs that somebody set on the topic and that the app does not declare. */
export enum TopicConfigDrift {
  /** They stay; only declared configs are ours. */
  DECLARED = 'declared',
  /** They are reset, but for the throttles of replication. */
  EXACT = 'exact',
}

/** When fewer partitions are asked for than the topic has. Kafka takes none away. */
export enum TopicOnPartitionDecrease {
  /** Refuse before anything is written. A rollback is never refused. */
  FAIL = 'fail',
  /** Keep the partitions and warn. */
  KEEP = 'keep',
}

/** When the topic is to be deleted and no broker answers. */
export enum OnUnreachable {
  /** Refuse when the time is up; a second try may succeed. */
  FAIL = 'fail',
  /** Leave the topic where it is, warn, and let the stack go on. */
  RETAIN = 'retain',
}
