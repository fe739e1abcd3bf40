/** What the app of the tests about moving declares. */
export interface Move {
  readonly cluster: Readonly<Record<string, string>>;
  /** Stack → construct → topic. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, MovedTopic>>>>;
}

export interface MovedTopic {
  readonly topicName?: string;
  readonly partitionCount?: number;
  readonly adopt?: boolean;
  readonly destroy?: boolean;
  /** The logical ID that the resource had under another construct. */
  readonly logicalIdOf?: string;
}
