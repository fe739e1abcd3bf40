/** What the app of the kinds of clusters declares. */
export interface KindsScenario {
  readonly express?: boolean;
  readonly serverless?: boolean;
  readonly intelligentRebalancing?: boolean;
  readonly partitionCount?: number;
  readonly secondVpc?: boolean;
}
