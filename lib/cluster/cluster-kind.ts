/** The three kinds of cluster that Amazon MSK has. */
export enum ClusterKind {
  /** Provisioned, with Standard brokers. */
  STANDARD = 'standard',
  /** Provisioned, with Express brokers. */
  EXPRESS = 'express',
  /** Serverless. */
  SERVERLESS = 'serverless',
}
