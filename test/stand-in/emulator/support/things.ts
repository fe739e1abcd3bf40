import { CustomResource, Duration, type Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Script } from './script';

export type Properties = Readonly<Record<string, unknown>>;

/** Asks the script and answers CloudFormation itself, without the provider framework. */
const CODE = `
exports.handler = async (event) => {
  const asked = await fetch(process.env.SCRIPT, { method: 'POST', body: JSON.stringify(event) });
  const { silent, ...answer } = await asked.json();
  if (silent) return;
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...answer });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};`;

/** A function that answers as the script decides. */
export function aScripted(stack: Stack, script: Script, id = 'Scripted'): lambda.Function {
  const scripted = new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(CODE),
    timeout: Duration.seconds(60),
    environment: { SCRIPT: script.url },
  });
  scripted.configureAsyncInvoke({ retryAttempts: 0 });
  return scripted;
}

/** Custom resources of that function: ID -> properties. They can depend on each other in order. */
export function someThings(
  serviceToken: lambda.Function,
  things: Readonly<Record<string, Properties>>,
  { inOrder = false } = {},
): CustomResource[] {
  const made = Object.entries(things).map(([id, properties]) => {
    const { stack } = serviceToken;
    return new CustomResource(stack, id, {
      serviceToken: serviceToken.functionArn,
      resourceType: 'Custom::Thing',
      properties,
    });
  });
  if (inOrder) made.slice(1).forEach((thing, index) => thing.node.addDependency(made[index]));
  return made;
}
