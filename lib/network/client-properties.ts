import { Fn } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { isToken } from '../internal/validation';
import { parameterNameOf } from './parameter-name';
import { checked } from '../internal/signatures/checked';

/** Options of a parameter that stores client settings. */
export interface ClientPropertiesParameterOptions {
  /**
   * Name of the parameter, such as `/kafka/events/java`.
   *
   * @default - CloudFormation generates a name
   */
  readonly parameterName?: string;
}

/** Settings with which a client library connects to a cluster. They never contain a secret. */
@checked('ClientProperties')
export class ClientProperties {
  /** @internal */
  public static _of(values: Record<string, string>, format: 'properties' | 'json'): ClientProperties {
    return new ClientProperties(values, format);
  }

  private constructor(
    /** The settings, by the names that the library uses. */
    public readonly values: Record<string, string>,
    private readonly format: 'properties' | 'json',
  ) {}

  /**
   * The settings as a file that the library reads: `key=value` lines for Java and librdkafka, JSON for kafkajs and
   * Python.
   */
  public get text(): string {
    const entries = Object.entries(this.values);
    if (this.format === 'properties') return entries.map(([key, value]) => `${key}=${value}\n`).join('');
    return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${asJson(key, value)}`).join(',')}}`;
  }

  /** The settings as environment variables. For example, `security.protocol` becomes `KAFKA_SECURITY_PROTOCOL`. */
  public get environment(): Record<string, string> {
    const entries = Object.entries(this.values).map(([key, value]) => [variableName(key), value] as const);
    return Object.fromEntries(entries);
  }

  /** Adds the environment variables to a Lambda function. */
  public addToFunction(fn: lambda.Function): void {
    for (const [key, value] of Object.entries(this.environment)) fn.addEnvironment(key, value);
  }

  /**
   * Stores the text in Parameter Store, for applications that are deployed elsewhere and do not reference this stack.
   */
  public toParameter(
    scope: Construct,
    id: string,
    options: ClientPropertiesParameterOptions = {},
  ): ssm.StringParameter {
    const parameterName = parameterNameOf(scope, options.parameterName);
    return new ssm.StringParameter(scope, id, { parameterName, stringValue: this.text });
  }
}

const variableName = (key: string) =>
  `KAFKA_${key
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[.-]/g, '_')
    .toUpperCase()}`;

/** kafkajs expects a list of brokers, and a boolean for `ssl`. */
function asJson(key: string, value: string): string {
  if (value === 'true') return value;
  if (!isToken(value)) return JSON.stringify(key === 'brokers' ? value.split(',') : value);
  return key === 'brokers' ? `["${Fn.join('","', Fn.split(',', value))}"]` : `"${value}"`; // addresses need no escaping
}
