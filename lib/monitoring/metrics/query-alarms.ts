import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Difference, differenceOf, type KnownEnvironment, ownEnvironment } from '../../internal/environment';
import { finding, textOf } from '../../model/finding';

/** The clusters that a query finds, by its text: clusters of the same name in two Regions have the same query. */
type Queries = Map<string, KnownEnvironment[]>;

const APPS = new WeakMap<IConstruct, Queries>();

/**
 * Remembers where the cluster of a Metrics Insights query is. An alarm evaluates the query in its own Region, and the CDK compares
 * the Regions of single metrics only.
 */
export function rememberQuery(cluster: IConstruct, query: string, environment: KnownEnvironment): void {
  const { root } = cluster.node;
  const queries: Queries = APPS.get(root) ?? new Map<string, KnownEnvironment[]>();
  if (!APPS.has(root)) root.node.addValidation({ validate: () => blindAlarms(root, queries) });
  APPS.set(root, queries);
  queries.set(query, [...(queries.get(query) ?? []), environment]);
}

function blindAlarms(root: IConstruct, queries: Queries): string[] {
  const places = [...queries.values()].flat();
  const isNear = (own: KnownEnvironment) => (place: KnownEnvironment) => differenceOf(place, own) === undefined;
  const alarms = root.node.findAll().filter(isAlarm);
  const far = alarms.filter((alarm) => !places.every(isNear(ownEnvironment(alarm))));
  return far.flatMap((alarm) => {
    const own = ownEnvironment(alarm);
    const found = expressionsOf(alarm).map((text) => queries.get(text) ?? []);
    const blind = found.find((clusters) => clusters.length > 0 && !clusters.some(isNear(own)));
    const difference = blind && differenceOf(blind[0], own);
    return difference ? [blindText(alarm, difference)] : [];
  });
}

const isAlarm = (node: IConstruct): node is cloudwatch.CfnAlarm =>
  CfnResource.isCfnResource(node) && node.cfnResourceType === cloudwatch.CfnAlarm.CFN_RESOURCE_TYPE_NAME;

function expressionsOf(alarm: cloudwatch.CfnAlarm): string[] {
  const metrics = (Stack.of(alarm).resolve(alarm.metrics) ?? []) as { expression?: string }[];
  return metrics.flatMap(({ expression }) => expression ?? []);
}

function blindText({ node }: IConstruct, { one: place, other: own }: Difference): string {
  const message =
    `the alarm '${node.path.replace(/\/Resource$/, '')}' is in ${own}, but reads metrics of a cluster in ${place}, which it ` +
    `would never see; define it in a stack whose 'env' has ${place}`;
  return textOf(finding('OtherEnvironment', message));
}
