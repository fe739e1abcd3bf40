import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { KafkaClient } from '@aws-sdk/client-kafka';

/** The account in which facts are verified, found by the SDK's default credential and Region providers. */
export interface Account {
  readonly kafka: KafkaClient;
  readonly cloudWatch: CloudWatchClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudControl: CloudControlClient;
  readonly ec2: EC2Client;
  /** A cluster on which checks may create topics. */
  readonly clusterArn?: string;
  /** Functions that remove what a check created. The last one runs first. */
  readonly undo: (() => Promise<unknown>)[];
}

export const anAccount = (clusterArn?: string): Account => ({
  kafka: new KafkaClient({}),
  cloudWatch: new CloudWatchClient({}),
  cloudFormation: new CloudFormationClient({}),
  cloudControl: new CloudControlClient({}),
  ec2: new EC2Client({}),
  clusterArn,
  undo: [],
});

export type Template = Readonly<Record<string, unknown>>;

const HOURS = { maxWaitTime: 3 * 3600, minDelay: 5, maxDelay: 60 };

/** Deploys a stack of the checks. Returns why CloudFormation failed, if it did. */
export async function deploy(account: Account, StackName: string, template: Template): Promise<string | undefined> {
  const { cloudFormation: client, undo } = account;
  const TemplateBody = JSON.stringify(template);
  const exists = await client.send(new DescribeStacksCommand({ StackName })).then(
    () => true,
    () => false,
  );
  if (exists) {
    await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
    return reasonOf(account, StackName, waitUntilStackUpdateComplete({ client, ...HOURS }, { StackName }));
  }
  undo.push(() => destroy(client, StackName));
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  return reasonOf(account, StackName, waitUntilStackCreateComplete({ client, ...HOURS }, { StackName }));
}

async function destroy(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, ...HOURS }, { StackName });
}

async function reasonOf(account: Account, StackName: string, done: Promise<unknown>): Promise<string | undefined> {
  try {
    await done;
    return undefined;
  } catch (error) {
    const { StackEvents = [] } = await account.cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    const reasons = failed.map(({ ResourceStatusReason }) => ResourceStatusReason).filter(Boolean);
    return reasons.at(-1) ?? String(error); // the first that failed; the others were cancelled
  }
}

export async function outputOf({ cloudFormation }: Account, StackName: string, key: string): Promise<string> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const value = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  if (value === undefined) throw new Error(`stack ${StackName} has no output ${key}`);
  return value;
}
