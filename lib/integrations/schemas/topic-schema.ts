import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { giveOn } from '../../access/give';
import facts from '../../model/facts/iam.json';
import { type Finding, finding } from '../../model/finding';
import { nameFor } from '../../internal/names';
import { isKnown, refuse } from '../../internal/validation';
import { SchemaCompatibility } from './schema-compatibility';
import type { SchemaDefinition } from './schema-definition';
import { SchemaGrants } from './schema-grants';

/** A schema in the Glue schema registry. */
export interface TopicSchemaProps {
  /** What records look like. Another one becomes the next version; the versions before stay, since records name them. */
  readonly definition: SchemaDefinition;

  /**
   * Name of the schema: 1 to 255 letters, digits, `-`, `_`, `$`, `#` and `.`. Serializers look for the name of the topic, unless
   * they are told another. Another name is another schema.
   *
   * @default - the ID of the construct
   */
  readonly schemaName?: string;

  /**
   * The registry that the schema is in.
   *
   * @default - one for all schemas of the stack is defined for you
   */
  readonly registry?: glue.IRegistryRef;

  /**
   * Which later versions are taken.
   *
   * @default SchemaCompatibility.BACKWARD
   */
  readonly compatibility?: SchemaCompatibility;

  /**
   * What people should know of it, 1,000 characters at most.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What happens to the schema, and to all its versions, when it leaves the stack. Without it nobody can read the records that
   * were written by it.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** How a function gets the records that were written by a schema. */
export interface SchemaEventSourceOptions {
  /**
   * How the value, and the key, reach the function: decoded to JSON, or as they were written.
   *
   * @default lambda.EventRecordFormat.JSON
   */
  readonly eventRecordFormat?: lambda.EventRecordFormat;

  /**
   * What of a record is written by the schema.
   *
   * @default - the value
   */
  readonly attributes?: lambda.KafkaSchemaValidationAttribute[];
}

/**
 * What the records of a topic look like, in the Glue schema registry: checked at synthesis, and again by the registry, which
 * refuses a version that does not fit the ones before.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html
 */
export class TopicSchema extends Construct {
  /** Name of the schema; a literal where it was given as one. */
  public readonly schemaName: string;

  /**
   * ARN of the schema.
   *
   * @attribute
   */
  public readonly schemaArn: string;

  /**
   * The ID that records carry which are written by this version.
   *
   * @attribute
   */
  public readonly schemaVersionId: string;

  /** ARN of the registry that it is in. */
  public readonly registryArn: string;

  public constructor(scope: Construct, id: string, props: TopicSchemaProps) {
    super(scope, id);
    const { definition, removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } = props;
    this.schemaName = props.schemaName ?? id;
    refuse(this, [...nameFindings(this.schemaName), ...definition._findings]);
    this.registryArn = registryArnOf(props.registry ?? StackRegistry.of(this, removalPolicy).resource);
    const schema = new glue.CfnSchema(this, 'Resource', {
      name: this.schemaName,
      dataFormat: definition._format,
      compatibility: props.compatibility ?? SchemaCompatibility.BACKWARD,
      description: props.description,
      registry: { arn: this.registryArn },
    });
    schema.applyRemovalPolicy(removalPolicy);
    this.schemaArn = schema.attrArn;
    // the definition of the schema itself is for good, that of a version is not
    const version = new glue.CfnSchemaVersion(this, 'Version', {
      schema: { schemaArn: this.schemaArn },
      schemaDefinition: definition.text,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.schemaVersionId = version.attrVersionId;
  }

  /** What producers and consumers may do with it. */
  public get grants(): SchemaGrants {
    return SchemaGrants._of(this.registryArn, this.schemaArn);
  }

  /** For `schemaRegistry` of a `TopicEventSource`: Lambda validates and decodes the records before the function gets them. */
  public forEventSource(options: SchemaEventSourceOptions = {}): lambda.ISchemaRegistry {
    const { attributes = [lambda.KafkaSchemaValidationAttribute.VALUE], eventRecordFormat } = options;
    return {
      bind: (_, reader) => {
        this.grants.read(reader);
        giveOn(reader, facts.schemas.findRegistry, this.registryArn);
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

function nameFindings(name: string): Finding[] {
  if (!isKnown(name) || /^[\w$#.-]{1,255}$/.test(name)) return [];
  const message = `'schemaName' must consist of 1 to 255 letters, digits, '-', '_', '$', '#' and '.', got '${name}'`;
  return [finding('SchemaName', message)];
}

/** The registry of a stack, which goes only where all schemas in it may. */
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
