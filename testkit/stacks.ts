import { App, Resource, Stack, type StackProps } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IClusterRef } from 'aws-cdk-lib/aws-msk';
import * as msk from '../lib';
import { CLUSTER_ARN } from './topics';

/** An environment in which the stack knows its Availability Zones. */
export const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };

/** The ARN of a cluster in that environment that was created elsewhere. */
export const IMPORTED_ARN =
  'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';

export const anApp = () => new App({ outdir: undefined, analyticsReporting: false });

export const aStack = (props: StackProps & { app?: App; id?: string } = {}): Stack =>
  new Stack(props.app ?? anApp(), props.id ?? 'Stack', props);

/** A VPC with one isolated subnet in each of the given number of zones. */
export function aVpc(stack: Stack, zones = 3, subnetsPerZone = 1): ec2.Vpc {
  const kinds = Array.from({ length: subnetsPerZone }, (_, index) => `kind${index}`);
  return new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: Array.from({ length: zones }, (_, index) => `${Stack.of(stack).region}${'abcdef'[index]}`),
    subnetConfiguration: kinds.map((name) => ({ name, subnetType: ec2.SubnetType.PRIVATE_ISOLATED })),
  });
}

export function aCluster(
  props: Partial<msk.ProvisionedClusterProps> = {},
  stack = aStack({ env: ENVIRONMENT }),
): { cluster: msk.ProvisionedCluster; stack: Stack; template: () => Template } {
  const vpc = props.vpc ?? aVpc(stack);
  const cluster = new msk.ProvisionedCluster(stack, 'Events', { ...props, vpc });
  return { cluster, stack, template: () => Template.fromStack(stack) };
}

export function anExpressCluster(
  props: Partial<msk.ExpressClusterProps> = {},
  stack = aStack({ env: ENVIRONMENT }),
): { cluster: msk.ExpressCluster; stack: Stack; template: () => Template } {
  const vpc = props.vpc ?? aVpc(stack);
  const cluster = new msk.ExpressCluster(stack, 'Express', { ...props, vpc });
  return { cluster, stack, template: () => Template.fromStack(stack) };
}

export function aServerlessCluster(
  props: Partial<msk.ServerlessClusterProps> = {},
  stack = aStack({ env: ENVIRONMENT }),
): { cluster: msk.ServerlessCluster; stack: Stack; template: () => Template } {
  const vpc = props.vpc ?? aVpc(stack);
  const cluster = new msk.ServerlessCluster(stack, 'Serverless', { ...props, vpc });
  return { cluster, stack, template: () => Template.fromStack(stack) };
}

/** The properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string): Record<string, unknown> {
  const found = Object.values(template.findResources(type)) as { Properties: Record<string, unknown> }[];
  if (found.length !== 1) throw new Error(`expected one resource of type ${type}, found ${found.length}`);
  return found[0].Properties;
}

/** The logical IDs of all resources of a type. */
export const logicalIds = (template: Template, type: string): string[] => Object.keys(template.findResources(type));

export { Match };

/** A cluster of another library, of which only the ARN is known. */
export class BareCluster extends Resource implements IClusterRef {
  public readonly clusterRef = { clusterArn: CLUSTER_ARN };
}

export const aBareCluster = (stack: Stack): IClusterRef => new BareCluster(stack, 'Bare');
