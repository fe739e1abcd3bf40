/** The cluster as the stacks of its readers import it. */
export interface Imported {
  readonly clusterArn: string;
  readonly groupId: string;
  readonly vpcId: string;
}

/** What the app with the readers of an imported cluster declares. */
export interface ReadersScenario {
  readonly imported?: Imported;
  /** Names of the stacks that read. */
  readonly readers?: readonly string[];
  readonly addSecurityGroupRules?: boolean;
}
