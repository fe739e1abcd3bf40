/**
 * Which later versions of a schema are taken. A version that does not fit fails the deployment.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility
 */
export enum SchemaCompatibility {
  /** All. */
  NONE = 'NONE',
  /** None. */
  DISABLED = 'DISABLED',
  /** Those whose readers can read records of the version before. Consumers go first. */
  BACKWARD = 'BACKWARD',
  /** Those whose readers can read records of all versions before. */
  BACKWARD_ALL = 'BACKWARD_ALL',
  /** Those whose records the version before can read. Producers go first. */
  FORWARD = 'FORWARD',
  /** Those whose records all versions before can read. */
  FORWARD_ALL = 'FORWARD_ALL',
  /** Both ways, with the version before. */
  FULL = 'FULL',
  /** Both ways, with all versions before. */
  FULL_ALL = 'FULL_ALL',
}
