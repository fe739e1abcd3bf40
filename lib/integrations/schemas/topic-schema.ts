import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { grantActions } from '../../access/apply-grant';
import facts from '../../model/facts/iam.json';
import { errorsOf, type Finding, finding } from '../../model/finding';
import { nameFor } from '../../internal/names';
import { isKnown, refuse } from '../../internal/validation';
import { compatibilityFindings } from './compatibility-findings';
import { SchemaCompatibility } from './schema-compatibility';
import type { SchemaDefinition } from './schema-definition';
import { SchemaGrants } from './schema-grants';
import { checked } from '../../internal/signatures/checked';
import type { SchemaVersions } from './schema-versions';

/** Properties of a schema in the Glue schema registry. */
export interface TopicSchemaProps {
  /**
   * The definition of the schema. A change creates a new version. Earlier versions are kept, since records refer to
   * them.
   */
  readonly definition: SchemaDefinition;

  /**
   * Name of the schema: 1 to 255 letters, digits, `-`, `_`, `$`, `#` and `.`. By default, serializers look up a schema
   * by the name of the topic. A change of the name creates another schema.
   *
   * @default - the ID of the construct
   */
  readonly schemaName?: string;

  /**
   * The registry that contains the schema.
   *
   * @default - a registry for all schemas of the stack is created for you
   */
  readonly registry?: glue.IRegistryRef;

  /**
   * Which new versions of the schema the registry accepts.
   *
   * @default SchemaCompatibility.BACKWARD
   */
  readonly compatibility?: SchemaCompatibility;

  /**
   * The versions of the schema that your repository keeps. A definition that breaks `compatibility` with them is refused at synthesis,
   * with the field named. If the last version has the same text as `definition`, it is this version, and is compared with those before
   * it.
   *
   * @default - only the registry compares versions, when the schema is deployed
   */
  readonly versions?: SchemaVersions;

  /**
   * Description of the schema, at most 1,000 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * What happens to the schema, and to all its versions, when it leaves the stack. Records cannot be read without the
   * schema they were written with.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Options of an event source whose records have a schema. */
export interface SchemaEventSourceOptions {
  /**
   * The form in which the function receives the key and the value: decoded to JSON, or as they were written.
   *
   * @default lambda.EventRecordFormat.JSON
   */
  readonly eventRecordFormat?: lambda.EventRecordFormat;

  /**
   * The parts of a record that use the schema.
   *
   * @default [lambda.KafkaSchemaValidationAttribute.VALUE]
   */
  readonly attributes?: lambda.KafkaSchemaValidationAttribute[];
}

/**
 * Registers the schema of a topic's records in the Glue schema registry. The definition is checked at synthesis, and
 * again by the registry, which rejects a version that is not compatible with earlier ones. With `versions`, synthesis rejects it, too.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
@checked('TopicSchema')
export class TopicSchema extends Construct {
  /** Name of the schema. It is a literal if `schemaName` is one or is not set. */
  public readonly schemaName: string;

  /**
   * ARN of the schema.
   *
   * @attribute
   */
  public readonly schemaArn: string;

  /**
   * ID of this version of the schema. Records that are written with this version contain the ID.
   *
   * @attribute
   */
  public readonly schemaVersionId: string;

  /** ARN of the registry that contains the schema. */
  public readonly registryArn: string;

  public constructor(scope: Construct, id: string, props: TopicSchemaProps) {
    super(scope, id);
    const { compatibility = SchemaCompatibility.BACKWARD, definition } = props;
    const { removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } = props;
    this.schemaName = props.schemaName ?? id;
    refuse(this, [...nameFindings(this.schemaName), ...definitionFindings(props, compatibility)]);
    this.registryArn = registryArnOf(props.registry ?? StackRegistry.of(this, removalPolicy).resource);
    const schema = new glue.CfnSchema(this, 'Resource', {
      name: this.schemaName,
      dataFormat: definition._format,
      compatibility,
      description: props.description,
      registry: { arn: this.registryArn },
    });
    schema.applyRemovalPolicy(removalPolicy);
    this.schemaArn = schema.attrArn;
    // the definition of the schema itself can never change, so each definition is a version of its own
    const version = new glue.CfnSchemaVersion(this, 'Version', {
      schema: { schemaArn: this.schemaArn },
      schemaDefinition: definition.text,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.schemaVersionId = version.attrVersionId;
  }

  /** Grants producers and consumers permissions on the schema. */
  public get grants(): SchemaGrants {
    return SchemaGrants._of(this.registryArn, this.schemaArn);
  }

  /**
   * Returns the value for `schemaRegistry` of a `TopicEventSource`. Lambda then validates and decodes the records
   * before it invokes the function.
   */
  public forEventSource(options: SchemaEventSourceOptions = {}): lambda.ISchemaRegistry {
    const { attributes = [lambda.KafkaSchemaValidationAttribute.VALUE], eventRecordFormat } = options;
    return {
      bind: (_, reader) => {
        this.grants.read(reader);
        grantActions(reader, facts.schemas.findRegistry, this.registryArn);
        return {
          schemaRegistryUri: this.registryArn,
          eventRecordFormat: eventRecordFormat ?? lambda.EventRecordFormat.JSON,
          schemaValidationConfigs: attributes.map((attribute) => ({ attribute })),
        };
      },
    };
  }
}

const registryArnOf = ({ registryRef }: glue.IRegistryRef) => registryRef.registryArn;

/** Only a valid definition is compared with earlier versions. */
function definitionFindings({ definition, versions }: TopicSchemaProps, compatibility: SchemaCompatibility): Finding[] {
  const findings = definition._findings("'definition'");
  if (!versions || errorsOf(findings).length > 0) return findings;
  return [...findings, ...compatibilityFindings({ definition, compatibility, versions })];
}

function nameFindings(name: string): Finding[] {
  if (!isKnown(name) || /^[\w$#.-]{1,255}$/.test(name)) return [];
  const message = `'schemaName' must consist of 1 to 255 letters, digits, '-', '_', '$', '#' and '.', got '${name}'`;
  return [finding('SchemaName', message)];
}

/** The registry of a stack. It is deleted with the stack only if all schemas in it are. */
class StackRegistry extends Construct {
  public static of(scope: Construct, removalPolicy: RemovalPolicy): StackRegistry {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild('KafkaSchemas') as StackRegistry | undefined;
    const registry = existing ?? new StackRegistry(stack, 'KafkaSchemas');
    if (removalPolicy !== RemovalPolicy.DESTROY) registry.resource.applyRemovalPolicy(removalPolicy);
    return registry;
  }

  public readonly resource: glue.CfnRegistry;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new glue.CfnRegistry(this, 'Resource', { name: nameFor(this) });
    this.resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}
