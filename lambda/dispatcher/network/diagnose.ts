import { Refusal } from '../../../engine/refusal';
import ports from '../../../lib/model/facts/ports.json';
import type { TopicPlace } from '../../../lib/model/wire/topic';
import type { ClusterFacts } from '../aws/control-plane';
import { whyUnreachable } from './reachability';
import type { Surroundings } from '../surroundings';

/** Why no broker answers, as far as the control plane knows. */
export interface Diagnosis {
  readonly isGone: boolean;
  /** Nothing that waiting would cure. */
  readonly isLasting: boolean;
  readonly refusal: Refusal;
}

/** Where brokers listen, by kind of authentication. */
const PORTS = { iam: ports.vpc.saslIam, scram: ports.vpc.saslScram, tls: ports.vpc.tls, none: ports.vpc.tls };

/** Whether a cluster is neither gone nor on its way; what is on it goes with it. */
export const isStaying = (cluster?: ClusterFacts): cluster is ClusterFacts =>
  cluster !== undefined && cluster.state !== 'DELETING';

/** Looks at the state of the cluster, then at security groups, subnets and routes. */
export async function diagnose(place: TopicPlace, message: string, around: Surroundings): Promise<Diagnosis> {
  const cluster = await around.aws.cluster(place.clusterArn);
  if (!isStaying(cluster)) {
    const what = `the cluster ${place.clusterArn} is ${cluster ? 'being deleted' : 'gone'}`;
    return {
      isGone: true,
      isLasting: true,
      refusal: new Refusal('ClusterNotFound', what, { todo: 'use a cluster that stays' }),
    };
  }
  if (cluster.state !== 'ACTIVE') {
    const what = `no broker answered, and the cluster is in state ${cluster.state}`;
    const refusal = new Refusal('Unreachable', what, { todo: 'deploy again when the cluster is ACTIVE' });
    return { isGone: false, isLasting: cluster.state === 'FAILED', refusal };
  }
  const why = await networkCause(place, cluster, around);
  const refusal = new Refusal(
    'Unreachable',
    why
      ? `no broker answered: ${why.what}`
      : `no broker answered, though the cluster is ACTIVE and the network looks right: ${message}`,
    {
      todo: why?.todo ?? 'deploy again; if it lasts, look at network ACLs and at the brokers in the MSK console',
    },
  );
  return { isGone: false, isLasting: why !== undefined, refusal };
}

async function networkCause(
  { authentication, worker: functionArn }: TopicPlace,
  cluster: ClusterFacts,
  { aws, log }: Surroundings,
) {
  try {
    const worker = await aws.worker(functionArn);
    const network = await aws.network(
      [...cluster.securityGroupIds, ...worker.securityGroupIds],
      [...cluster.subnetIds, ...worker.subnetIds],
    );
    return whyUnreachable(cluster, worker, network, PORTS[authentication]);
  } catch (error) {
    log('network unknown', { reason: String(error) });
    return undefined;
  }
}
