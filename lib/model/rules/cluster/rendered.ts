import { isExpressType, isKraftVersion } from '../../fact-lookups';
import { type Finding, finding } from '../../finding';
import { AUTHENTICATION_METHODS, type AuthenticationMethod, type ClientBroker } from '../../listeners';
import { tagFindings } from '../tags';
import { isOnAt, numberAt, type Rendered, textAt, valueAt } from '../template-values';
import type { KnownCluster } from './cluster-facts';
import { connectivityFindings } from './connectivity';

const METHODS: Readonly<Record<AuthenticationMethod, string>> = {
  iam: 'Sasl.Iam.Enabled',
  scram: 'Sasl.Scram.Enabled',
  tls: 'Tls.Enabled',
  none: 'Unauthenticated.Enabled',
};

const STORAGE = 'BrokerNodeGroupInfo.StorageInfo';
const VOLUME = `${STORAGE}.EBSStorageInfo`;

/** What the rules need to know about a cluster, from its properties in the template. */
export function factsOf(rendered: Rendered): KnownCluster {
  const kafkaVersion = textAt(rendered, 'KafkaVersion');
  const throughput = `${VOLUME}.ProvisionedThroughput`;
  const zones = subnetsOf(rendered);
  const brokers = numberAt(rendered, 'NumberOfBrokerNodes');
  return {
    clusterName: textAt(rendered, 'ClusterName'),
    kafkaVersion,
    kraft: kafkaVersion === undefined ? undefined : isKraftVersion(kafkaVersion),
    instanceType: textAt(rendered, 'BrokerNodeGroupInfo.InstanceType'),
    zones,
    brokersPerAz: zones && brokers !== undefined && brokers % zones === 0 ? brokers / zones : undefined,
    volumeGiB: numberAt(rendered, `${VOLUME}.VolumeSize`),
    tiered: textAt(rendered, 'StorageMode') === 'TIERED',
    throughputMiBps: isOnAt(rendered, `${throughput}.Enabled`)
      ? numberAt(rendered, `${throughput}.VolumeThroughput`)
      : undefined,
    authentication: methodsOf(rendered),
    clientBroker: textAt(rendered, 'EncryptionInfo.EncryptionInTransit.ClientBroker') as ClientBroker | undefined,
    inCluster: isOnAt(rendered, 'EncryptionInfo.EncryptionInTransit.InCluster'),
  };
}

function methodsOf(rendered: Rendered): AuthenticationMethod[] | undefined {
  const states = AUTHENTICATION_METHODS.map((method) => ({
    method,
    isOn: isOnAt(rendered, `ClientAuthentication.${METHODS[method]}`),
  }));
  if (states.some(({ isOn }) => isOn === undefined)) return undefined;
  return states.filter(({ isOn }) => isOn).map(({ method }) => method);
}

function subnetsOf(rendered: Rendered): number | undefined {
  const subnets = valueAt(rendered, 'BrokerNodeGroupInfo.ClientSubnets');
  return Array.isArray(subnets) ? subnets.length : undefined;
}

/** What only an escape hatch can bring about, since no prop can. */
export function renderedFindings(rendered: Rendered, cluster: KnownCluster): Finding[] {
  return [
    ...brokerCountFindings(rendered, cluster),
    ...kindFindings(rendered),
    ...connectivityFindings(rendered, cluster),
    ...tagFindings(rendered),
  ];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html */
function brokerCountFindings(rendered: Rendered, { zones }: KnownCluster): Finding[] {
  const brokers = numberAt(rendered, 'NumberOfBrokerNodes');
  if (zones === undefined || brokers === undefined || (brokers > 0 && brokers % zones === 0)) return [];
  const message = `'NumberOfBrokerNodes' must be a multiple of the number of subnets (${zones}), got ${brokers}; set 'brokersPerAz' in its place`;
  return [finding('BrokersNotMultipleOfZones', message)];
}

/**
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-broker-types-express.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/intelligent-rebalancing.html
 */
function kindFindings(rendered: Rendered): Finding[] {
  const instanceType = textAt(rendered, 'BrokerNodeGroupInfo.InstanceType');
  if (instanceType === undefined) return [];
  if (!isExpressType(instanceType)) {
    if (valueAt(rendered, 'Rebalancing') === undefined) return [];
    const message = `'Rebalancing' is for Express brokers only, got it on ${instanceType}; remove it, or use an ExpressCluster`;
    return [finding('RebalancingOfStandard', message)];
  }
  const set = [STORAGE, 'StorageMode'].filter((path) => valueAt(rendered, path) !== undefined);
  if (set.length === 0) return [];
  const names = set.map((path) => `'${path.split('.').at(-1)}'`).join(' and ');
  const message = `${names} cannot be set for Express brokers, which manage their storage themselves, got ${instanceType}; remove ${set.length === 1 ? 'it' : 'them'}`;
  return [finding('ExpressStorage', message)];
}
