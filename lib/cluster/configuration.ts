import { type IResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as msk from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { renderProperties } from '../broker/rendered-properties';
import type { ServerProperties } from '../broker/server-properties';
import { propertyTextFindings, serverPropertyFindings } from '../model/rules/cluster/server-properties';
import { nameFor } from '../internal/names';
import { declareServerProperties } from '../internal/server-properties';
import { arnOrPending } from '../internal/pending-arn';
import { renderedProperties } from '../internal/rendered';
import { known, refuse, refuseWhenWritten } from '../internal/validation';
import type { Finding } from '../model/finding';
import { textAt } from '../model/rules/template-values';
import { ClusterKind } from './cluster-kind';
import { checked } from '../internal/signatures/checked';

/** A configuration with server properties, which clusters can use. */
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

/** Properties of a configuration. */
export interface ConfigurationProps {
  /**
   * Name of the configuration, with letters, digits and `-`. A new name replaces the configuration.
   *
   * @default - a unique name generated from the construct path
   */
  readonly configurationName?: string;

  /**
   * Server properties of the brokers.
   *
   * `auto.create.topics.enable=false` is added for clusters with brokers, and `unclean.leader.election.enable=false`
   * for Standard brokers, unless you set them. Automatically created topics hide typing errors, and the MSK default for
   * leader election can lose records.
   */
  readonly serverProperties: ServerProperties;

  /**
   * Type of the clusters that use the configuration. Express brokers support fewer server properties than Standard
   * brokers, and Serverless clusters support none.
   *
   * @default ClusterKind.STANDARD
   */
  readonly clusterKind?: ClusterKind;

  /**
   * Description of the configuration.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * What happens to the configuration when it leaves the stack. A cluster that is retained still needs it.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

const SAFE_PROPERTIES = {
  [ClusterKind.STANDARD]: { 'auto.create.topics.enable': 'false', 'unclean.leader.election.enable': 'false' },
  [ClusterKind.EXPRESS]: { 'auto.create.topics.enable': 'false' },
  [ClusterKind.SERVERLESS]: {},
};

/** Attributes of an existing configuration. */
export interface ConfigurationAttributes {
  /** ARN of the configuration. */
  readonly configurationArn: string;

  /** The revision that clusters use. They do not switch to later revisions automatically. */
  readonly configurationRevision: number;
}

/**
 * Defines a configuration with server properties for one or more clusters. A change creates a new revision in place, to
 * which the clusters of this app are updated. It is not bound to a Kafka version, so an upgrade does not change it.
 */
@checked('Configuration')
export class Configuration extends Resource implements IConfiguration {
  /** Imports a configuration that was created elsewhere. Its server properties are not checked. */
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
    const properties = { ...SAFE_PROPERTIES[kind], ...named };
    declareServerProperties(this, properties);
    const propertyFindings = serverPropertyFindings({ kind, serverProperties: known(properties) });
    const written = { ...properties, ...props.serverProperties.unlisted };
    refuse(this, [...findings, ...propertyFindings, ...propertyTextFindings(known(written))]);
    const resource = new msk.CfnConfiguration(this, 'Resource', {
      name: props.configurationName ?? nameFor(this),
      description: props.description,
      serverProperties: render(written),
    });
    judgeRendered(this, resource, { kind, unlisted: props.serverProperties.unlisted, reported: propertyFindings });
    this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.configurationArn = resource.attrArn;
    this.configurationRevision = resource.attrLatestRevisionRevision;
  }

  /** A reference to the configuration, for other constructs of the CDK. */
  public get configurationRef(): msk.ConfigurationReference {
    return { configurationArn: this.configurationArn };
  }
}

class ImportedConfiguration extends Resource implements IConfiguration {
  public readonly configurationArn: string;
  public readonly configurationRevision: number;

  public constructor(scope: Construct, id: string, props: ConfigurationAttributes) {
    const configurationArn = arnOrPending(scope, props.configurationArn, 'configuration');
    super(scope, id, { environmentFromArn: configurationArn });
    this.configurationArn = configurationArn;
    this.configurationRevision = props.configurationRevision;
  }

  public get configurationRef(): msk.ConfigurationReference {
    return { configurationArn: this.configurationArn };
  }
}

/** Sorted by name, so that the order of the props does not change the template. */
function render(serverProperties: Record<string, string>): string {
  const lines = Object.entries(serverProperties).map(([name, value]) => `${name}=${value}`);
  return lines.sort().join('\n');
}

interface Declared {
  readonly kind: ClusterKind;
  readonly unlisted?: Readonly<Record<string, string>>;
  /** What was reported about the props. */
  readonly reported: readonly Finding[];
}

/** Checks the properties once more as they are written to the template, since an escape hatch may have changed them. */
function judgeRendered(scope: Construct, resource: msk.CfnConfiguration, declared: Declared): void {
  const { kind, reported, unlisted = {} } = declared;
  const findings = () => {
    const text = textAt(renderedProperties(resource), 'ServerProperties') ?? '';
    const entries = text.split('\n').flatMap((line) => {
      const [, name, value] = /^\s*([^#=\s][^=]*?)\s*=(.*)$/.exec(line) ?? [];
      return name === undefined || name in unlisted ? [] : [[name, value] as const];
    });
    return serverPropertyFindings({ kind, serverProperties: Object.fromEntries(entries) });
  };
  refuseWhenWritten(scope, findings, reported);
}
