import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeClusterV2Command, GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { WorkerAnswer, WorkerCall } from '../../../engine/calls';
import { Refusal } from '../../../engine/refusal';
import type { Time } from '../../../engine/time';
import type { DriftAnswer, DriftCall } from '../../../engine/topics/drift-call';
import { type AwsVerdict, describe, Patience, verdictOf } from './patience';
import type { ClusterFacts, ControlPlane, Network, StackResource, WorkerFacts } from './control-plane';
import { Ec2Network } from './ec2-network';
import { errorIn, readAnswer } from './worker-answer';

/** Errors of Invoke that say that the function was not called, since Lambda still creates or wakes it. */
const NOT_READY = ['ResourceConflictException', 'ResourceNotReadyException', 'EC2ThrottledException'];
/** Errors of Invoke, all with a status of 5xx, that last until somebody changes the function or its network. */
const MISCONFIGURED =
  /^(EC2AccessDenied|EFS|ENILimitReached|Invalid(Runtime|SecurityGroupID|SubnetID|ZipFile)|KMS|SubnetIPAddressLimit)/;

/** Without the SDK's own retries: calls are repeated here, and a call of the worker that may still run is not. */
const ONCE = { maxAttempts: 1 };

/** ControlPlane on the AWS SDK. */
export class AwsControlPlane implements ControlPlane {
  private readonly cloudFormation = new CloudFormationClient(ONCE);
  private readonly kafka = new KafkaClient(ONCE);
  private readonly lambda = new LambdaClient({});
  private readonly secrets = new SecretsManagerClient(ONCE);
  private readonly invoker = new LambdaClient(ONCE);
  private readonly ec2 = new Ec2Network();
  private readonly patience: Patience;

  public constructor(time: Time, deadline: number) {
    this.patience = new Patience(time, deadline);
  }

  public bootstrapBrokers(clusterArn: string): Promise<Readonly<Record<string, string>> | undefined> {
    return this.unlessGone('kafka:GetBootstrapBrokers', async () => {
      const answer = await this.kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }));
      const lists = Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      return Object.fromEntries(lists.filter(([, brokers]) => brokers !== ''));
    });
  }

  public cluster(clusterArn: string): Promise<ClusterFacts | undefined> {
    return this.unlessGone('kafka:DescribeClusterV2', async () => {
      const { ClusterInfo } = await this.kafka.send(new DescribeClusterV2Command({ ClusterArn: clusterArn }));
      const nodes = ClusterInfo?.Provisioned?.BrokerNodeGroupInfo;
      const configs = ClusterInfo?.Serverless?.VpcConfigs ?? [];
      return {
        state: ClusterInfo?.State ?? 'UNKNOWN',
        securityGroupIds: nodes?.SecurityGroups ?? configs.flatMap((one) => one.SecurityGroupIds ?? []),
        subnetIds: nodes?.ClientSubnets ?? configs.flatMap((one) => one.SubnetIds ?? []),
      };
    });
  }

  public async secret(secretArn: string): Promise<string> {
    const command = new GetSecretValueCommand({ SecretId: secretArn });
    const { SecretString } = await this.ask('secretsmanager:GetSecretValue', () =>
      this.secrets.send(command).catch((error: unknown) => refuseSecret(secretArn, error)),
    );
    return SecretString ?? '';
  }

  public async stackStatus(stackId: string): Promise<string | undefined> {
    const command = new DescribeStacksCommand({ StackName: stackId });
    const { Stacks } = await this.ask('cloudformation:DescribeStacks', () => this.cloudFormation.send(command));
    return Stacks?.[0]?.StackStatus;
  }

  public stackResources(stackId: string): Promise<StackResource[]> {
    return this.ask('cloudformation:ListStackResources', () => this.listResources(stackId));
  }

  private async listResources(stackId: string): Promise<StackResource[]> {
    const found: StackResource[] = [];
    for await (const page of paginateListStackResources({ client: this.cloudFormation }, { StackName: stackId })) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
        if (ResourceStatus === 'DELETE_COMPLETE' || !PhysicalResourceId) continue;
        found.push({ logicalId: LogicalResourceId ?? '', physicalId: PhysicalResourceId });
      }
    }
    return found;
  }

  public invoke(functionArn: string, call: WorkerCall): Promise<WorkerAnswer> {
    return this.callWorker<WorkerAnswer>(functionArn, call);
  }

  public report(functionArn: string, call: DriftCall): Promise<DriftAnswer> {
    return this.callWorker<DriftAnswer>(functionArn, call);
  }

  public async worker(functionArn: string): Promise<WorkerFacts> {
    const { VpcConfig } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
    return { securityGroupIds: VpcConfig?.SecurityGroupIds ?? [], subnetIds: VpcConfig?.SubnetIds ?? [] };
  }

  public network(securityGroupIds: readonly string[], subnetIds: readonly string[]): Promise<Network> {
    return this.ec2.read(securityGroupIds, subnetIds);
  }

  private async callWorker<Answer>(functionArn: string, call: WorkerCall | DriftCall): Promise<Answer> {
    const command = new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(call) });
    const { FunctionError, Payload } = await this.patience
      .call('lambda:InvokeFunction', () => this.invoker.send(command), verdictOfInvoke)
      .catch((error: unknown) => refuseCall(functionArn, error));
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw workerFailed(errorIn(text) ?? FunctionError, UNKNOWN);
    const answer = readAnswer<Answer>(text);
    if (answer) return answer as Answer;
    throw workerFailed(
      `it answered ${text === '' ? 'nothing' : text.slice(0, 200)}, which this version does not know`,
      UNKNOWN,
    );
  }

  private ask<T>(action: string, request: () => Promise<T>): Promise<T> {
    return this.patience.call(action, request).catch((error: unknown) => {
      if (error instanceof Refusal) throw error;
      throw new Refusal('AwsRefused', `${action}: ${describe(error)}`, { fix: 'follow the message of AWS' });
    });
  }

  private async unlessGone<T>(action: string, request: () => Promise<T>): Promise<T | undefined> {
    return this.ask(action, async () => {
      try {
        return await request();
      } catch (error) {
        if (nameOf(error) === 'NotFoundException') return undefined;
        throw error;
      }
    });
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');
const statusOf = (error: unknown) => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
const UNKNOWN = 'unknown, it may still be carried out';

/** A call without an answer from Lambda may still run, and is not repeated; two calls that do run agree on the result. */
function verdictOfInvoke(error: unknown): AwsVerdict {
  if (NOT_READY.includes(nameOf(error))) return 'busy';
  if (MISCONFIGURED.test(nameOf(error)) || statusOf(error) === undefined) return 'final';
  return verdictOf(error);
}

function refuseSecret(secretArn: string, error: unknown): never {
  if (nameOf(error) !== 'ResourceNotFoundException') throw error;
  throw new Refusal('InvalidSecret', `the secret ${secretArn} does not exist`, {
    fix: 'restore it, or pass another one',
  });
}

function refuseCall(functionArn: string, error: unknown): never {
  if (error instanceof Refusal) throw error;
  if (nameOf(error) === 'ResourceNotFoundException') {
    throw new Refusal('WorkerGone', `the function ${functionArn}, which connects to the brokers, does not exist`, {
      fix: 'deploy the stack with cdk-msk again, or restore the function',
    });
  }
  throw workerFailed(describe(error), MISCONFIGURED.test(nameOf(error)) ? undefined : UNKNOWN);
}

function workerFailed(reason: string, changed: string | undefined): Refusal {
  return new Refusal('WorkerFailed', `the worker ended without an answer: ${reason}`, {
    changed,
    fix: 'check the log of the worker, then deploy again (retrying is safe)',
  });
}
