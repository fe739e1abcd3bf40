/** What to do when a topic with this name already exists. */
export enum TopicOnExisting {
  /** Fail, unless the existing topic is empty and matches the declaration. Then it is assumed to come from an earlier attempt. */
  FAIL = 'fail',
  /** Adopt the existing topic: set the declared configs and add partitions. Deleting the resource then keeps the topic. */
  ADOPT = 'adopt',
}

/** What to do with configs that are set on the topic but not declared by the app. */
export enum TopicConfigDrift {
  /** Keep them and manage only the declared configs. */
  DECLARED = 'declared',
  /** Reset them, except for the replication throttles. */
  EXACT = 'exact',
}

/** What to do when fewer partitions are requested than the topic has. Kafka cannot reduce the number of partitions. */
export enum TopicOnPartitionDecrease {
  /** Fail before anything is changed. A rollback never fails for this reason. */
  FAIL = 'fail',
  /** Keep the partitions and warn. */
  KEEP = 'keep',
}

/** What to do when a resource on the brokers is to be deleted but no broker can be reached. */
export enum OnUnreachable {
  /** Fail after the time limit. Deploying again may succeed. */
  FAIL = 'fail',
  /** Keep the resource on the brokers, log a warning, and let the stack operation continue. */
  RETAIN = 'retain',
}
