import { BlockList } from 'node:net';
import type { ClusterFacts, Network, Rule, WorkerFacts } from '../aws/control-plane';

/** Why the worker cannot reach the brokers, according to the network settings; undefined if they look correct. */
export function whyUnreachable(
  cluster: ClusterFacts,
  worker: WorkerFacts,
  network: Network,
  port: number,
): { readonly what: string; readonly fix: string } | undefined {
  const [brokers, own] = [cluster.securityGroupIds.join(', '), worker.securityGroupIds.join(', ')];
  const to = { groups: cluster.securityGroupIds, subnets: cidrs(network, cluster.subnetIds) };
  const from = { groups: worker.securityGroupIds, subnets: cidrs(network, worker.subnetIds) };
  const open = network.rules.filter(({ ports }) => !ports || (ports[0] <= port && port <= ports[1]));
  if (!open.some((rule) => allows(rule, 'in', to, from))) {
    const what = `the security group of the brokers, ${brokers}, has no inbound rule for TCP ${port} from ${own}`;
    return { what, fix: `add an inbound rule for TCP ${port} from ${own} to ${brokers}` };
  }
  if (!open.some((rule) => allows(rule, 'out', from, to))) {
    const what = `the security group of the worker, ${own}, has no outbound rule for TCP ${port} to ${brokers}`;
    return { what, fix: `add an outbound rule for TCP ${port} from ${own} to ${brokers}` };
  }
  return missingRoute(cluster, worker, network);
}

interface Side {
  readonly groups: readonly string[];
  readonly subnets: readonly string[];
}

/** Whether a rule of one side allows the other side in one direction. */
function allows({ direction, groupId, peer }: Rule, way: Rule['direction'], own: Side, other: Side): boolean {
  if (direction !== way || !own.groups.includes(groupId)) return false;
  return other.groups.includes(peer.groupId ?? '') || other.subnets.some((subnet) => covers(peer.cidr, subnet));
}

/** Inside one VPC everything is routed; another VPC requires a peering connection or a gateway, and a route. */
function missingRoute(cluster: ClusterFacts, worker: WorkerFacts, { routes, subnets }: Network) {
  const ofCluster = subnets.filter(({ subnetId }) => cluster.subnetIds.includes(subnetId));
  const vpcs = new Set(ofCluster.map(({ vpcId }) => vpcId));
  const away = subnets.filter(({ subnetId, vpcId }) => worker.subnetIds.includes(subnetId) && !vpcs.has(vpcId));
  for (const { subnetId } of away) {
    const destinations = routes.find((one) => one.subnetId === subnetId)?.destinations ?? [];
    const lost = ofCluster.find(({ cidr }) => !destinations.some((destination) => covers(destination, cidr)));
    if (!lost) continue;
    const what = `the worker's subnet ${subnetId} is in another VPC than the brokers and has no route to ${lost.cidr}`;
    return { what, fix: `add a route to ${lost.cidr}, over a peering connection or a transit gateway` };
  }
  return undefined;
}

const cidrs = ({ subnets }: Network, ids: readonly string[]) =>
  subnets.filter(({ subnetId }) => ids.includes(subnetId)).map(({ cidr }) => cidr);

/** Whether the first range of IPv4 addresses contains the second. */
function covers(outer: string | undefined, inner: string): boolean {
  if (!outer?.includes('.')) return false;
  const [net, prefix] = outer.split('/');
  const [address, innerPrefix] = inner.split('/');
  const list = new BlockList();
  list.addSubnet(net, Number(prefix));
  return Number(prefix) <= Number(innerPrefix) && list.check(address);
}
