import { type IResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { nameFor } from '../private/names';
import { ClusterKind } from './cluster-kind';

/** Server properties that clusters can use. */
export interface IConfiguration extends IResource, msk.IConfigurationRef {
  /**
   * ARN of the configuration.
   *
   * @attribute
   */
  readonly configurationArn: string;

  /**
   * The revision that clusters use.
   *
   * @attribute
   */
  readonly configurationRevision: number;
}

/** What a configuration is made of. */
export interface ConfigurationProps {
  /**
   * Name of the configuration: letters, digits and `-`. A new name replaces the configuration.
   *
   * @default - a name is made from the construct's path, which no earlier deployment of the stack had
   */
  readonly configurationName?: string;

  /**
   * Server properties of the brokers, by Kafka's own names.
   *
   * `unclean.leader.election.enable=false` and `auto.create.topics.enable=false` are added unless you set them: MSK's
   * own default of the first one may lose records, the second one makes topics out of typing errors.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
   */
  readonly serverProperties: { [name: string]: string };

  /**
   * Which kind of cluster it is for: Express brokers take fewer server properties than Standard ones, and a Serverless
   * cluster none.
   *
   * @default ClusterKind.STANDARD
   */
  readonly clusterKind?: ClusterKind;

  /**
   * What the configuration is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * What happens to the configuration when it leaves the stack. A cluster that stays needs it.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

const SAFE = {
  [ClusterKind.STANDARD]: { 'auto.create.topics.enable': 'false', 'unclean.leader.election.enable': 'false' },
  [ClusterKind.EXPRESS]: { 'auto.create.topics.enable': 'false' },
  [ClusterKind.SERVERLESS]: {},
};

/**
 * Server properties of one or many clusters. A change makes a new revision in place, which the clusters of this app
 * follow. It fits every Kafka version, so an upgrade does not touch it.
 */
export class Configuration extends Resource implements IConfiguration {
  public readonly configurationArn: string;
  public readonly configurationRevision: number;

  public constructor(scope: Construct, id: string, props: ConfigurationProps) {
    super(scope, id, { physicalName: props.configurationName });
    const resource = new msk.CfnConfiguration(this, 'Resource', {
      name: props.configurationName ?? nameFor(this),
      description: props.description,
      serverProperties: render({ ...SAFE[props.clusterKind ?? ClusterKind.STANDARD], ...props.serverProperties }),
    });
    this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.configurationArn = resource.attrArn;
    this.configurationRevision = resource.attrLatestRevisionRevision;
  }

  /** The configuration as the narrowest type that AWS constructs take. */
  public get configurationRef(): msk.ConfigurationReference {
    return { configurationArn: this.configurationArn };
  }
}

/** In the order of the names, since the order in which props were written is no difference. */
function render(serverProperties: Record<string, string>): string {
  const lines = Object.entries(serverProperties).map(([name, value]) => `${name}=${value}`);
  return lines.sort().join('\n');
}
