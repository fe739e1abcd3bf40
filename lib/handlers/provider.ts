import { type CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct, type IConstruct } from 'constructs';
import {
  acknowledgeDescribeNetwork,
  acknowledgeManagedPolicies,
  acknowledgeOwnVersions,
} from '../internal/acknowledge';
import { assetFolder } from '../internal/asset-folder';
import { stackLabel, stackSuffix } from '../internal/names';
import { TIME_LIMITS } from '../model/time-limits';
import { TopicLanes } from './topic-lanes';

/** The code of a bundled handler. */
export const handlerCode = (name: string): lambda.Code => lambda.Code.fromAsset(assetFolder(name));

export const HANDLER_RUNTIME = lambda.Runtime.NODEJS_24_X;

/**
 * Lambda delivers the last lines of a function a little late, and creates a log group that was deleted meanwhile if the
 * role allows it. The group has a fixed name, so the next deployment would fail. The statement is part of the role, so
 * that CloudFormation does not remove it first.
 *
 * @see https://github.com/aws/aws-cdk/issues/31487
 */
export function denyNewLogGroups({ role }: lambda.IFunction): void {
  const actions = ['logs:CreateLogGroup'];
  const statement = new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources: ['*'] });
  const resource = role?.node.defaultChild as iam.CfnRole | undefined;
  // a role that is made elsewhere only records what it needs
  if (!resource) return void role?.addToPrincipalPolicy(statement);
  const policyDocument = new iam.PolicyDocument({ statements: [statement] });
  resource.policies = [{ policyName: 'NoNewLogGroups', policyDocument }];
}

/**
 * Handles the events of CloudFormation for all Kafka resources of one stack, with the CDK's provider framework and the
 * dispatcher, both outside the VPC. Its IDs and names never change, since CloudFormation does not allow a change of the
 * ServiceToken.
 */
export class KafkaProvider extends Construct {
  /** Returns the provider of the stack that contains the scope, which the first call creates. */
  public static of(scope: IConstruct): KafkaProvider {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild('KafkaProvider') as KafkaProvider | undefined;
    return existing ?? new KafkaProvider(stack, 'KafkaProvider');
  }

  public readonly serviceToken: string;
  /** The log group of all handlers of the stack, which error messages name. */
  public readonly logGroup: logs.ILogGroup;
  public readonly dispatcher: lambda.IFunction;
  public readonly lanes = new TopicLanes();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    // The framework ends its messages with "Logs: /aws/lambda/<name of the dispatcher>". The dispatcher therefore has a
    // physical name, and the log group of all handlers has the name that the message shows.
    const name = `${stackLabel(this, 40)}-kafka-${stackSuffix(this)}`;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.dispatcher = this.defineDispatcher(name);
    const provider = new cr.Provider(this, 'Framework', { onEventHandler: this.dispatcher, logGroup: this.logGroup });
    this.serviceToken = this.limitLateEvents(provider).attrArn;
  }

  /**
   * Allows actions that are not needed for a Delete: when a resource is removed, CloudFormation removes its statement
   * before it sends the Delete.
   */
  public allow(actions: string[], resource: string): void {
    this.dispatcher.addToRolePolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
  }

  /**
   * Permissions of the dispatcher in a separate policy. A resource that depends on this policy has the permissions
   * until its Delete has finished. From the dispatcher's default policy, CloudFormation would remove the statement
   * before.
   */
  public policyFor(scope: Construct, id: string, statements: iam.PolicyStatement[]): CfnResource {
    const existing = scope.node.tryFindChild(id);
    if (existing) return existing.node.defaultChild as CfnResource;
    const policy = new iam.Policy(scope, id, { statements });
    this.dispatcher.role?.attachInlinePolicy(policy);
    return policy.node.defaultChild as CfnResource;
  }

  private defineDispatcher(functionName: string): lambda.Function {
    const dispatcher = new lambda.Function(this, 'Dispatcher', {
      functionName,
      description: 'Handles CloudFormation events for Kafka topics and bootstrap brokers',
      code: handlerCode('dispatcher'),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      memorySize: 256,
      timeout: Duration.minutes(TIME_LIMITS.dispatcherMinutes),
      logGroup: this.logGroup,
    });
    const { stackId } = Stack.of(this);
    dispatcher.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
        resources: [stackId],
      }),
    );
    dispatcher.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroupRules', 'ec2:DescribeSubnets'],
        resources: ['*'],
      }),
    );
    denyNewLogGroups(dispatcher);
    acknowledgeManagedPolicies(dispatcher, 'outside VPC');
    acknowledgeDescribeNetwork(dispatcher);
    return dispatcher;
  }

  /**
   * A late Create would create a topic after CloudFormation has given up on it, and only CloudFormation may retry an
   * event.
   */
  private limitLateEvents(provider: cr.Provider): lambda.CfnFunction {
    const entry = provider.node.findChild('framework-onEvent') as lambda.Function;
    entry.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(TIME_LIMITS.maxEventAgeMinutes) });
    denyNewLogGroups(entry);
    acknowledgeManagedPolicies(entry, 'outside VPC');
    acknowledgeOwnVersions(entry, this.dispatcher.node.defaultChild as lambda.CfnFunction);
    return entry.node.defaultChild as lambda.CfnFunction;
  }
}
