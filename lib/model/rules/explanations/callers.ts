import type { Explanations } from './explanation';

/** The rules of what callers hand over, and of references and lookups. */
export const CALLERS = {
  ClusterReference: {
    meaning: '`cluster` carries no reference to an MSK cluster, such as a cluster of another library, or an ARN.',
    fix: 'Pass the L1 of the cluster (`cluster.node.defaultChild`), or [import it](imports.md) by its ARN.',
  },
  LookupFailed: {
    meaning:
      '`cdk` got an error when it looked up a cluster for `Cluster.fromLookup`. The error itself is printed beside it.',
    fix: 'Check `env` of the stack. Set `clusterArn` in place of `clusterName`, or use `Cluster.fromClusterAttributes(…)`.',
  },
  LookupNameOrArn: {
    meaning: '`Cluster.fromLookup` has neither `clusterName` nor `clusterArn`, or both.',
    fix: 'Set one of them.',
  },
  LookupNameUnknown: {
    meaning: '`clusterName` or `clusterArn` of `Cluster.fromLookup` is a token.',
    fix: 'Set a value that is known at synthesis, or use `Cluster.fromClusterAttributes(…)`.',
  },
  LookupWithoutEnvironment: {
    meaning: '`Cluster.fromLookup` is used in a stack without an explicit account and Region.',
    fix: 'Set `env` of the stack, or use `Cluster.fromClusterAttributes(…)`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Environment.html',
  },
  OtherEnvironment: {
    meaning:
      'Something that must be next to a cluster is in a stack of another Region or account: a topic, an alarm, a rule for events, the function that reads bootstrap brokers, or a reader. It could be deployed, and would not work.',
    fix: 'Define it in a stack whose `env` is that of the cluster. Grants work across Regions, and `CrossAccountClient` grants access to other accounts.',
  },
  ParameterNameForm: {
    meaning: '`parameterName` is not a valid name of a Parameter Store parameter.',
    fix: 'Use letters, digits, `.`, `-`, `_` and `/`; a name with `/` begins with `/`.',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
  },
  PropertyIgnored: {
    meaning: 'An object with props has a property that the library does not know, so the property has no effect.',
    fix: 'Remove the property. Acknowledge the warning if the object is shared with other constructs.',
  },
  PropertyMissing: {
    meaning: 'A required parameter or property is missing, or an ID is empty.',
    fix: 'Set the parameter or property that the message names.',
  },
  PropertyMisspelt: {
    meaning: 'An object with props has an unknown property whose name is almost that of a property that is not set.',
    fix: 'Use the name that the message suggests.',
  },
  PropertyRange: {
    meaning: 'A number or duration is not whole, or is out of the range of its property.',
    fix: 'Set a value in the range that the message names.',
  },
  PropertyText: {
    meaning: 'A text is too long for its property, empty, or has characters that the property cannot have.',
    fix: 'Set a text of the form that the message names.',
  },
  PropertyType: {
    meaning:
      'A parameter or property has a value of another type than declared, for example text in place of a number, or `NaN`.',
    fix: 'Set a value of the type that the message names; the [API reference](API.md) has all types.',
  },
} satisfies Explanations;
