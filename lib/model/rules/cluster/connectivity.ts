import { isOlder, standardFact } from '../../fact-lookups';
import { type Finding, finding } from '../../finding';
import { namesOf } from '../../listeners';
import { isOnAt, type Rendered, textAt } from '../template-values';
import type { KnownCluster } from './cluster-facts';

const INFO = 'BrokerNodeGroupInfo.ConnectivityInfo';
const PRIVATE = `${INFO}.VpcConnectivity.ClientAuthentication`;
const SCHEMES = { iam: 'Sasl.Iam.Enabled', scram: 'Sasl.Scram.Enabled', tls: 'Tls.Enabled' } as const;

/** How clients connect from outside the VPC, which only escape hatches set. MSK refuses all of these when it is turned on. */
export function connectivityFindings(rendered: Rendered, cluster: KnownCluster): Finding[] {
  const isPublic = textAt(rendered, `${INFO}.PublicAccess.Type`) === 'SERVICE_PROVIDED_EIPS';
  const schemes = (Object.keys(SCHEMES) as (keyof typeof SCHEMES)[]).filter((scheme) =>
    isOnAt(rendered, `${PRIVATE}.${SCHEMES[scheme]}`),
  );
  const isDual = textAt(rendered, `${INFO}.NetworkType`) === 'DUAL';
  return [
    ...(isPublic ? publicFindings(rendered, cluster) : []),
    ...(schemes.length > 0 ? privateFindings(schemes, isDual, cluster) : []),
    ...(isPublic || schemes.length > 0 ? aclFindings(cluster) : []),
    ...(isDual ? dualStackFindings(cluster) : []),
  ];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html */
function publicFindings(rendered: Rendered, cluster: KnownCluster): Finding[] {
  const { authentication, clientBroker, inCluster, kraft } = cluster;
  const found: Finding[] = [];
  if (authentication?.includes('none')) {
    const message = `'PublicAccess' requires that unauthenticated access is off, got ${namesOf(authentication)}; remove ClientAuthentication.unauthenticated() from 'authentication'`;
    found.push(finding('PublicAccessUnauthenticated', message));
  }
  if ((clientBroker !== undefined && clientBroker !== 'TLS') || inCluster === false) {
    const message = `'PublicAccess' requires 'encryptionInTransit' EncryptionInTransit.tls() with 'inCluster' true, got ${clientBroker ?? 'TLS'} with 'inCluster' ${inCluster ?? true}`;
    found.push(finding('PublicAccessPlaintext', message));
  }
  const exporters = ['JmxExporter', 'NodeExporter'].map((name) => `OpenMonitoring.Prometheus.${name}.EnabledInBroker`);
  if (kraft && exporters.some((path) => isOnAt(rendered, path))) {
    const message =
      "'PublicAccess' and 'openMonitoring' cannot be combined on a cluster with KRaft, got both; remove one of them";
    found.push(finding('PublicAccessMonitored', message));
  }
  return found;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html */
function privateFindings(
  schemes: readonly (keyof typeof SCHEMES)[],
  isDual: boolean,
  { authentication, instanceType, kafkaVersion }: KnownCluster,
): Finding[] {
  const found: Finding[] = [];
  const isMissing = schemes.some((scheme) => authentication?.includes(scheme) === false);
  if (authentication && (isMissing || authentication.includes('none'))) {
    const message = `'VpcConnectivity' requires that the cluster has the same methods enabled and no unauthenticated access, got ${namesOf(schemes)} on a cluster with ${namesOf(authentication)}; change 'authentication' first`;
    found.push(finding('PrivateConnectivityAuthentication', message));
  }
  if (standardFact(instanceType)?.multiVpc === false || isOlder(kafkaVersion, '2.7.1')) {
    const message = `'VpcConnectivity' requires Kafka 2.7.1 or later and brokers larger than kafka.t3.small, got ${kafkaVersion} on ${instanceType}`;
    found.push(finding('PrivateConnectivityBrokers', message));
  }
  if (isDual) {
    const message =
      "'VpcConnectivity' and 'NetworkType' DUAL cannot be combined, got both; remove one of them, knowing that a dual-stack cluster cannot go back";
    found.push(finding('PrivateConnectivityDualStack', message));
  }
  return found;
}

/** MSK refuses to open a cluster on which clients with certificates or passwords may do everything. */
function aclFindings({ authentication, serverProperties = {} }: KnownCluster): Finding[] {
  const methods = (['scram', 'tls'] as const).filter((method) => authentication?.includes(method));
  const got = serverProperties['allow.everyone.if.no.acl.found'];
  const isUnknown = Object.keys(serverProperties).length === 0; // an imported configuration
  if (methods.length === 0 || isUnknown || got === 'false') return [];
  const message = `public access and multi-VPC connectivity require 'allowEveryoneIfNoAclFound' false in 'serverProperties' with ${namesOf(methods)} authentication, got ${got ?? 'true, the default of Kafka'}; create ACLs for your clients first`;
  return [finding('ConnectivityWithoutAcls', message)];
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/mskp-choose-cluster-network-type.html */
function dualStackFindings({ instanceType, kafkaVersion }: KnownCluster): Finding[] {
  if (standardFact(instanceType)?.dualStack !== false && !isOlder(kafkaVersion, '3.6.0')) return [];
  const message = `'NetworkType' DUAL requires Kafka 3.6.0 or later and brokers larger than kafka.t3.small, got ${kafkaVersion} on ${instanceType}`;
  return [finding('DualStackBrokers', message)];
}
