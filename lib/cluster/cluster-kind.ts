/** What a cluster is made of; kinds differ in what may be set on a topic. */
export enum ClusterKind {
  /** A provisioned cluster with Standard brokers. */
  STANDARD = 'standard',
  /** A provisioned cluster with Express brokers. */
  EXPRESS = 'express',
  /** A Serverless cluster. */
  SERVERLESS = 'serverless',
}
