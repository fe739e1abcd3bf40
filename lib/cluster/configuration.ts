import { type IResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { renderProperties } from '../broker/rendered-properties';
import type { ServerProperties } from '../broker/server-properties';
import { serverPropertyFindings } from '../model/rules/cluster/server-properties';
import { Carried } from '../internal/carried';
import { nameFor } from '../internal/names';
import { known, refuse } from '../internal/validation';
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
   * Server properties of the brokers.
   *
   * `unclean.leader.election.enable=false` and `auto.create.topics.enable=false` are added unless you set them: MSK's
   * own default of the first one may lose records, the second one makes topics out of typing errors.
   */
  readonly serverProperties: ServerProperties;

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

const NAMED = new Carried<Readonly<Record<string, string>>>('ServerProperties');

/** The server properties of a configuration, as far as this app defines them: clusters check them by their own type and version. */
export const namedPropertiesOf = (configuration: IConfiguration): Readonly<Record<string, string>> =>
  NAMED.of(configuration) ?? {};

/** What is needed of a configuration that exists. */
export interface ConfigurationAttributes {
  /** ARN of the configuration. */
  readonly configurationArn: string;

  /** The revision that clusters use; they follow no later one by themselves. */
  readonly configurationRevision: number;
}

/**
 * Server properties of one or many clusters. A change makes a new revision in place, which the clusters of this app
 * follow. It fits every Kafka version, so an upgrade does not touch it.
 */
export class Configuration extends Resource implements IConfiguration {
  /** A configuration that was made elsewhere. What is in it is not judged. */
  public static fromConfigurationAttributes(
    scope: Construct,
    id: string,
    attributes: ConfigurationAttributes,
  ): IConfiguration {
    return new ImportedConfiguration(scope, id, attributes);
  }

  public readonly configurationArn: string;
  public readonly configurationRevision: number;

  public constructor(scope: Construct, id: string, props: ConfigurationProps) {
    super(scope, id, { physicalName: props.configurationName });
    const kind = props.clusterKind ?? ClusterKind.STANDARD;
    const { findings, named } = renderProperties(props.serverProperties);
    const properties = { ...SAFE[kind], ...named };
    NAMED.set(this, properties);
    refuse(this, [...findings, ...serverPropertyFindings({ kind, serverProperties: known(properties) })]);
    const resource = new msk.CfnConfiguration(this, 'Resource', {
      name: props.configurationName ?? nameFor(this),
      description: props.description,
      serverProperties: render({ ...properties, ...props.serverProperties.unlisted }),
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

class ImportedConfiguration extends Resource implements IConfiguration {
  public readonly configurationArn: string;
  public readonly configurationRevision: number;

  public constructor(scope: Construct, id: string, props: ConfigurationAttributes) {
    super(scope, id, { environmentFromArn: props.configurationArn });
    this.configurationArn = props.configurationArn;
    this.configurationRevision = props.configurationRevision;
  }

  public get configurationRef(): msk.ConfigurationReference {
    return { configurationArn: this.configurationArn };
  }
}

/** In the order of the names, since the order in which props were written is no difference. */
function render(serverProperties: Record<string, string>): string {
  const lines = Object.entries(serverProperties).map(([name, value]) => `${name}=${value}`);
  return lines.sort().join('\n');
}
