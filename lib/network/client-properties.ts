import { Fn } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { isToken } from '../internal/validation';

/** Where the text of a client's properties is kept. */
export interface ClientPropertiesParameterOptions {
  /**
   * Name of the parameter, such as `/kafka/events/java`.
   *
   * @default - CloudFormation makes one up
   */
  readonly parameterName?: string;
}

/** How a client library is told where and how to connect. It holds no secret. */
export class ClientProperties {
  /** @internal */
  public static _of(values: Record<string, string>, format: 'properties' | 'json'): ClientProperties {
    return new ClientProperties(values, format);
  }

  private constructor(
    /** By the names that the library gives them. */
    public readonly values: Record<string, string>,
    private readonly format: 'properties' | 'json',
  ) {}

  /** As a file that the library reads: `key=value` lines for Java and librdkafka, JSON for kafkajs and Python. */
  public get text(): string {
    const entries = Object.entries(this.values);
    if (this.format === 'properties') return entries.map(([key, value]) => `${key}=${value}\n`).join('');
    return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${asJson(key, value)}`).join(',')}}`;
  }

  /** As environment variables: `security.protocol` is `KAFKA_SECURITY_PROTOCOL`. */
  public get environment(): Record<string, string> {
    const entries = Object.entries(this.values).map(([key, value]) => [variable(key), value] as const);
    return Object.fromEntries(entries);
  }

  /** Sets the environment variables of a function. */
  public addToFunction(fn: lambda.Function): void {
    for (const [key, value] of Object.entries(this.environment)) fn.addEnvironment(key, value);
  }

  /** Keeps the text in Parameter Store, for apps that are deployed elsewhere and need no reference to this stack. */
  public toParameter(
    scope: Construct,
    id: string,
    options: ClientPropertiesParameterOptions = {},
  ): ssm.StringParameter {
    return new ssm.StringParameter(scope, id, { ...options, stringValue: this.text });
  }
}

const variable = (key: string) =>
  `KAFKA_${key
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[.-]/g, '_')
    .toUpperCase()}`;

/** kafkajs wants a list of brokers, and a truth where others have a word. */
function asJson(key: string, value: string): string {
  if (value === 'true') return value;
  if (!isToken(value)) return JSON.stringify(key === 'brokers' ? value.split(',') : value);
  return key === 'brokers' ? `["${Fn.join('","', Fn.split(',', value))}"]` : `"${value}"`; // addresses need no escape
}
