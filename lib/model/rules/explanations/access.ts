import type { Explanations } from './explanation';

/** The rules of who reaches a cluster: authentication, connectivity, security groups, secrets and grants. */
export const ACCESS = {
  AuthenticationEmpty: {
    meaning: '`authentication` is an empty list.',
    fix: 'Omit it for IAM, or use `ClientAuthentication.unauthenticated()`.',
  },
  AuthenticationNeedsInCluster: {
    meaning: 'IAM, SCRAM or mutual TLS is enabled, but encryption between brokers is not.',
    fix: 'Set `inCluster` of `encryptionInTransit` to true.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  AuthenticationNeedsTls: {
    meaning:
      'IAM and SCRAM require that clients connect over TLS only; mutual TLS requires TLS, but allows plaintext next to it.',
    fix: 'Set `encryptionInTransit` to `EncryptionInTransit.tls()`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  AuthenticationOff: {
    meaning: 'The authentication method of a client, event source or integration is not enabled on the cluster.',
    fix: "Use a method that the cluster has, or add the method to the cluster's `authentication`.",
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
  ClientsWithoutNetwork: {
    meaning: 'A Glue connection or Flink application uses a cluster that is only a reference, without its network.',
    fix: 'Set `vpc` and `clusterSecurityGroups`, or use `Cluster.fromClusterAttributes(…)`.',
  },
  ClusterWithoutNetwork: {
    meaning: 'A topic is declared on a cluster that is only a reference, so there is no network path to its brokers.',
    fix: 'Set `backend` to `TopicBackend.dataPlane({ vpc, clusterSecurityGroups })` or `TopicBackend.mskApi()`, or use `Cluster.fromClusterAttributes(…)`.',
  },
  ConnectionsUnknown: {
    meaning: 'The cluster was imported by its ARN only, so the security groups that network rules need are not known.',
    fix: 'Use `Cluster.fromClusterAttributes(…)` or `Cluster.fromLookup(…)`.',
  },
  ConnectivityWithoutAcls: {
    meaning:
      'Public access or [multi-VPC connectivity](https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html) is turned on, and clients with SCRAM or mutual TLS may do everything that no ACL forbids.',
    fix: 'Create ACLs for your clients, then set `allowEveryoneIfNoAclFound` to false in `serverProperties`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  CrossAccountAnyone: {
    meaning:
      "`principal` of a `CrossAccountClient` is everyone, so the cluster's policy would allow every AWS account.",
    fix: 'Name an account, a role or an organization, or add a condition with `.withConditions(...)`.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  },
  DualStackBrokers: {
    meaning: 'Dual-stack networking is set on a version of Kafka or an instance type that does not support it.',
    fix: 'Use Kafka 3.6.0 or later, and brokers larger than kafka.t3.small.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/mskp-choose-cluster-network-type.html',
  },
  GranteeImmutable: {
    meaning:
      'The grantee is a role that was imported with `mutable: false`, or comes from `withoutPolicyUpdates()`, so nothing was added to it.',
    fix: 'Add the statement of the message to a policy of the role, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.FromRoleArnOptions.html',
  },
  GranteeInOtherAccount: {
    meaning: 'The grantee is a role or user of another account, whose policies the app cannot change.',
    fix: 'Wrap it in `CrossAccountClient`, and add the statements that it collects in both accounts.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cross-account-permissions.html',
  },
  GranteeWithoutPolicy: {
    meaning: 'The grantee cannot have a policy attached, so the grant would have no effect.',
    fix: 'Grant to a role or a user, or wrap a principal of another account in `CrossAccountClient`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Grant.html',
  },
  GrantName: {
    meaning: 'The consumer group, transactional ID or application ID of a grant is empty or contains a wildcard.',
    fix: 'Use a plain name; only `*` is allowed, as its last character.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
  },
  GrantsFillPolicies: {
    meaning:
      'The grants of a role fill more managed policies than IAM attaches to a role by default, which is 10. The CDK splits large policies, and warns too.',
    fix: 'Grant by prefix, with `cluster.grants.topicsWithPrefix(…)`, or on `allTopics`; or request a quota increase from AWS, up to 20, then acknowledge the warning.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  GrantTopicName: {
    meaning: 'The topic name or prefix of a grant contains characters that topic names cannot have, or is empty.',
    fix: 'Use letters, digits, `.`, `_` and `-`; `topicsWithPrefix` and `allTopics` grant on several topics.',
    source:
      'https://github.com/apache/kafka/blob/4.2.0/clients/src/main/java/org/apache/kafka/common/internals/Topic.java',
  },
  OutboundOfGivenGroups: {
    meaning:
      '`allowAllOutbound` is set together with `securityGroups`, and applies only to a security group that is created.',
    fix: 'Remove it, and set `allowAllOutbound` of the security groups themselves.',
  },
  PrivateConnectivityAuthentication: {
    meaning:
      'Multi-VPC connectivity is turned on for an authentication method that the cluster does not have, or on a cluster with unauthenticated access.',
    fix: 'Enable the method in `authentication` first, and remove unauthenticated access.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PrivateConnectivityBrokers: {
    meaning: 'Multi-VPC connectivity is turned on for a version of Kafka or an instance type that does not support it.',
    fix: 'Use Kafka 2.7.1 or later, and brokers larger than kafka.t3.small.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PrivateConnectivityDualStack: {
    meaning: 'Multi-VPC connectivity is turned on for a cluster with dual-stack networking.',
    fix: 'Remove one of them.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
  },
  PublicAccessMonitored: {
    meaning:
      'Public access is combined with open monitoring on a cluster that uses [KRaft](https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html).',
    fix: 'Remove one of them.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  PublicAccessPlaintext: {
    meaning: 'Public access is turned on for a cluster that does not encrypt all its connections.',
    fix: 'Set `encryptionInTransit` to `EncryptionInTransit.tls()`, with `inCluster` true.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  PublicAccessUnauthenticated: {
    meaning: 'Public access is turned on for a cluster with unauthenticated access.',
    fix: 'Remove `ClientAuthentication.unauthenticated()` from `authentication`.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  ScramSecretKey: {
    meaning:
      'The key of the secret of a SCRAM user is not known, so nobody is allowed to decrypt it. MSK accepts only secrets with a customer managed key.',
    fix: 'Set `encryptionKey` of the secret, or import it with `Secret.fromSecretAttributes` and its key.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html',
  },
  SecretArnPartial: {
    meaning:
      'A secret was imported by its name, and a service needs the complete ARN, which ends with six more characters.',
    fix: 'Import the secret with `Secret.fromSecretCompleteArn` or `Secret.fromSecretAttributes`.',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen',
  },
  SecurityGroupImmutable: {
    meaning:
      'A security group was imported with `mutable: false`, so the rules that a client, event source or topic needs are not added to it.',
    fix: 'See that the group has the rules which the message names, then acknowledge the warning; or import the group without `mutable: false`.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroupImportOptions.html',
  },
  SecurityGroupsEmpty: {
    meaning: 'A list of security groups is empty.',
    fix: 'Omit the list for its default, or put a security group into it.',
  },
  TopicAuthenticationOff: {
    meaning:
      'The function that manages topics would authenticate with a method that the cluster does not have enabled.',
    fix: 'Set `backend` to `TopicBackend.dataPlane({ authentication })` with a method that is enabled.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html',
  },
} satisfies Explanations;
