import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Calls to AWS, or to the stand-in, for smoke checks. Environment variables set the endpoint and the credentials. */

/** The value of an output of a stack. */
export async function output(stackName: string, key: string): Promise<string> {
  const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stackName }));
  const found = Stacks?.[0].Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  if (found === undefined) throw new Error(`the stack ${stackName} has no output ${key}`);
  return found;
}

/** Invokes the function that an output names, and throws what it threw. */
export async function invoke<T>(stackName: string, key: string, event: object): Promise<T> {
  const FunctionName = await output(stackName, key);
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) });
  const { FunctionError, Payload } = await new LambdaClient({}).send(command);
  const answer = Buffer.from(Payload ?? []).toString();
  if (FunctionError) throw new Error(`${FunctionName} failed: ${answer}`);
  return (answer === '' ? undefined : JSON.parse(answer)) as T;
}

/** The number of resources of a type in a stack. */
export async function count(stackName: string, type: string): Promise<number> {
  const command = new ListStackResourcesCommand({ StackName: stackName });
  const { StackResourceSummaries = [] } = await new CloudFormationClient({}).send(command);
  return StackResourceSummaries.filter(({ ResourceType }) => ResourceType === type).length;
}

/** Fails the smoke check unless a value is as expected. */
export function expect(what: string, found: unknown, wanted: unknown): void {
  const [is, should] = [found, wanted].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
}
