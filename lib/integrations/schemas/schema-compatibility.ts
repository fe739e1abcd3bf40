/**
 * Which new versions of a schema the registry accepts. A version that is not compatible fails the deployment.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html#schema-registry-compatibility
 */
export enum SchemaCompatibility {
  /** Accepts every version, without a check. */
  NONE = 'NONE',
  /** Accepts no further version. */
  DISABLED = 'DISABLED',
  /** Accepts versions with which consumers can read records of the previous version. Upgrade consumers first. */
  BACKWARD = 'BACKWARD',
  /** Accepts versions with which consumers can read records of all previous versions. Upgrade consumers first. */
  BACKWARD_ALL = 'BACKWARD_ALL',
  /** Accepts versions whose records can be read with the previous version. Upgrade producers first. */
  FORWARD = 'FORWARD',
  /** Accepts versions whose records can be read with all previous versions. Upgrade producers first. */
  FORWARD_ALL = 'FORWARD_ALL',
  /** Accepts versions that are backward and forward compatible with the previous version. */
  FULL = 'FULL',
  /** Accepts versions that are backward and forward compatible with all previous versions. */
  FULL_ALL = 'FULL_ALL',
}
