/** The cluster types of Amazon MSK. */
export enum ClusterKind {
  /** A provisioned cluster with Standard brokers. */
  STANDARD = 'standard',
  /** A provisioned cluster with Express brokers. */
  EXPRESS = 'express',
  /** A Serverless cluster. */
  SERVERLESS = 'serverless',
}
