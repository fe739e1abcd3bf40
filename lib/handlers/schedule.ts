import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { KafkaProvider } from './provider';

/** How topics are compared with their declaration, without a deployment. */
export interface TopicDriftOptions {
  /** @default - once a day */
  readonly schedule?: scheduler.ScheduleExpression;
}

/** What the comparison needs of a topic: its properties on the wire, and the ID that they are deployed under. */
export type DeclaredTopic = Readonly<Record<string, unknown>> & { readonly PhysicalId: string };

const COMPARED = [
  'Authentication',
  'ClusterArn',
  'ClusterKind',
  'ConfigDrift',
  'Configs',
  'PartitionCount',
  'ReplicationFactor',
  'Secret',
  'TopicName',
  'Worker',
];

/** Only what decides about drift: the schedule carries all topics. */
export function declaredTopic(properties: Readonly<Record<string, unknown>>, physicalId: string): DeclaredTopic {
  const compared = Object.entries(properties).filter(([name]) => COMPARED.includes(name));
  return { PhysicalId: physicalId, ...Object.fromEntries(compared) };
}

interface TopicDriftScheduleProps extends TopicDriftOptions {
  readonly provider: KafkaProvider;
  /** Read when the template is written, since topics may be added until then. */
  readonly topics: () => readonly DeclaredTopic[];
}

/**
 * A schedule that lets the handlers compare the topics of one cluster in one stack. It is EventBridge Scheduler's and not a
 * rule, since its input may have 256 KB where that of a rule has 8.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
 */
export class TopicDriftSchedule extends Construct {
  public constructor(scope: Construct, id: string, props: TopicDriftScheduleProps) {
    super(scope, id);
    const { provider, schedule = scheduler.ScheduleExpression.rate(Duration.days(1)), topics } = props;
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [provider.dispatcher.functionArn] }),
    );
    const resource = new scheduler.CfnSchedule(this, 'Resource', {
      description: 'Compares Kafka topics with what is declared',
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: schedule.expressionString,
      scheduleExpressionTimezone: schedule.timeZone?.timezoneName,
      target: {
        arn: provider.dispatcher.functionArn,
        roleArn: role.roleArn,
        input: Lazy.string({ produce: () => Stack.of(this).toJsonString({ Report: 'TopicDrift', Topics: topics() }) }),
        retryPolicy: { maximumRetryAttempts: 3 },
      },
    });
    resource.node.addDependency(role); // with its policy
  }
}

interface Reporter {
  reportDrift(options: TopicDriftOptions): void;
}

/** Who reports on a cluster, stack by stack: told to each of them, whether it is there before or comes later. */
export class DriftReports {
  private readonly reporters: Reporter[] = [];
  private options?: TopicDriftOptions;

  /** False when they had been started. */
  public start(options: TopicDriftOptions): boolean {
    if (this.options) return false;
    this.options = options;
    for (const reporter of this.reporters) reporter.reportDrift(options);
    return true;
  }

  public add(reporter: Reporter): void {
    this.reporters.push(reporter);
    if (this.options) reporter.reportDrift(this.options);
  }
}

/** Kept on the cluster and found by shape, since two copies of this package may be loaded. */
export function driftReportsOf(cluster: msk.IClusterRef): DriftReports {
  const holder = cluster as { _driftReports?: DriftReports };
  return (holder._driftReports ??= new DriftReports());
}
