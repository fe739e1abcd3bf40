/** How the app whose stack was destroyed is deployed again. */
export interface AgainScenario {
  /** Whether the topic is adopted. */
  readonly adopt?: boolean;
  /** Names that the earlier stack gave to what was retained. They end with a part of its ID. */
  readonly names?: { readonly configuration: string; readonly logs: string };
  /** The cluster that was retained, if the app imports it instead of defining one. */
  readonly imported?: { readonly clusterArn: string; readonly groupId: string };
}
