/** What the app with clusters of several types declares. */
export interface KindsScenario {
  readonly express?: boolean;
  readonly serverless?: boolean;
  readonly intelligentRebalancing?: boolean;
  readonly partitionCount?: number;
  readonly secondVpc?: boolean;
}
