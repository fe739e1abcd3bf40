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
import type { ClusterFacts, ControlPlane, Network, StackResource, WorkerFacts } from './control-plane';
import { Ec2Network } from './ec2-network';

/** How long a new policy may take to reach AWS's own services. */
const GRACE_MS = 60_000;
/** Errors that say that the function was not invoked: Lambda is busy, or still creates or wakes it. */
const NOT_CALLED = [
  'TooManyRequestsException',
  'ResourceConflictException',
  'ResourceNotReadyException',
  'EC2ThrottledException',
];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'];

/** ControlPlane on the AWS SDK. */
export class AwsControlPlane implements ControlPlane {
  private readonly cloudFormation = new CloudFormationClient({});
  private readonly kafka = new KafkaClient({});
  private readonly lambda = new LambdaClient({});
  private readonly secrets = new SecretsManagerClient({});
  /** Without the SDK's own retries: a second call while the first still runs would be a second worker. */
  private readonly invoker = new LambdaClient({ maxAttempts: 1 });
  private readonly ec2 = new Ec2Network();

  public constructor(
    private readonly time: Time,
    private readonly deadline: number,
  ) {}

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
    const { SecretString } = await this.patiently('secretsmanager:GetSecretValue', [], () =>
      this.secrets.send(command),
    );
    return SecretString ?? '';
  }

  public async stackStatus(stackId: string): Promise<string | undefined> {
    const { Stacks } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks?.[0]?.StackStatus;
  }

  public async stackResources(stackId: string): Promise<StackResource[]> {
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
    const { FunctionError, Payload } = await this.patiently('lambda:InvokeFunction', NOT_CALLED, () =>
      this.invoker.send(command),
    );
    const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null') as Answer & {
      errorMessage?: string;
    };
    if (!FunctionError) return answer;
    throw workerFailed(answer.errorMessage ?? FunctionError);
  }

  private async unlessGone<T>(action: string, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.patiently(action, [], ask);
    } catch (error) {
      if (nameOf(error) === 'NotFoundException') return undefined;
      throw error;
    }
  }

  /** Repeats what was not done yet, and what a new policy may soon allow. */
  private async patiently<T>(action: string, notDone: readonly string[], ask: () => Promise<T>): Promise<T> {
    const graceEnd = Math.min(this.time.now() + GRACE_MS, this.deadline);
    for (let wait = 500; ; wait = Math.min(wait * 2, 5000)) {
      try {
        return await ask();
      } catch (error) {
        const end = notDone.includes(nameOf(error)) ? this.deadline : DENIED.includes(nameOf(error)) ? graceEnd : 0;
        if (this.time.now() + wait > end) throw toUserError(action, error);
        await this.time.pause(wait);
      }
    }
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

/** The caller decides about what was not found; any other error is reported with the action that it requires. */
function toUserError(action: string, error: unknown): unknown {
  if (nameOf(error) === 'NotFoundException') return error;
  const message = error instanceof Error ? error.message : String(error);
  const isCertain = [...NOT_CALLED, ...DENIED].includes(nameOf(error));
  if (action === 'lambda:InvokeFunction' && !isCertain) return workerFailed(`${nameOf(error)}: ${message}`);
  return new Refusal('AwsRefused', `${action}: ${nameOf(error)}: ${message}`, {
    fix: 'check that no policy or permissions boundary denies the action to the dispatcher, then deploy again',
  });
}

function workerFailed(reason: string): Refusal {
  return new Refusal('WorkerFailed', `the worker ended without an answer: ${reason}`, {
    changed: 'unknown, it may still be carried out',
    fix: 'check the log of the worker, then deploy again (retrying is safe)',
  });
}
