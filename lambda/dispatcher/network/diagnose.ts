import { Refusal } from '../../../engine/refusal';
import { endpointsOf } from '../../../lib/model/listeners';
import type { TopicPlace } from '../../../lib/model/wire/topic';
import type { ClusterFacts } from '../aws/control-plane';
import type { DispatcherContext } from '../context/dispatcher-context';
import { whyUnreachable } from './reachability';

/** Why no broker answers, as far as the control plane can say. */
export interface Diagnosis {
  readonly isGone: boolean;
  /** Waiting does not help. */
  readonly isLasting: boolean;
  readonly refusal: Refusal;
}

/** Whether a cluster exists and is not being deleted; its topics are deleted with it. */
export const isStaying = (cluster?: ClusterFacts): cluster is ClusterFacts =>
  cluster !== undefined && cluster.state !== 'DELETING';

/** Checks the state of the cluster, then security groups, subnets and routes. */
export async function diagnose(place: TopicPlace, message: string, context: DispatcherContext): Promise<Diagnosis> {
  const cluster = await context.aws.cluster(place.clusterArn);
  if (!isStaying(cluster)) {
    const what = `the cluster ${place.clusterArn} is ${cluster ? 'being deleted' : 'gone'}`;
    return {
      isGone: true,
      isLasting: true,
      refusal: new Refusal('ClusterNotFound', what, { fix: 'use a cluster that exists and is not being deleted' }),
    };
  }
  if (cluster.state !== 'ACTIVE') {
    const what = `no broker answered, and the cluster is in state ${cluster.state}`;
    const refusal = new Refusal('Unreachable', what, { fix: 'deploy again when the cluster is ACTIVE' });
    return { isGone: false, isLasting: cluster.state === 'FAILED', refusal };
  }
  const why = await networkCause(place, cluster, context);
  const refusal = new Refusal(
    'Unreachable',
    why
      ? `no broker answered: ${why.what}`
      : `no broker answered, although the cluster is ACTIVE and the network settings look correct: ${message}`,
    {
      fix:
        why?.fix ?? 'deploy again; if that does not help, check the network ACLs, and the brokers in the MSK console',
    },
  );
  return { isGone: false, isLasting: why !== undefined, refusal };
}

async function networkCause(
  { authentication, worker: functionArn }: TopicPlace,
  cluster: ClusterFacts,
  { aws, log }: DispatcherContext,
) {
  try {
    const worker = await aws.worker(functionArn);
    const network = await aws.network(
      [...cluster.securityGroupIds, ...worker.securityGroupIds],
      [...cluster.subnetIds, ...worker.subnetIds],
    );
    return whyUnreachable(cluster, worker, network, endpointsOf(authentication)[0].port);
  } catch (error) {
    log('network unknown', { reason: String(error) });
    return undefined;
  }
}
