import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { Carried } from '../internal/carried';
import { type ScheduledTopic, toDriftEvent } from '../model/wire/drift';
import type { KafkaProvider } from './provider';

/** When topics are compared with their declaration. */
export interface TopicDriftOptions {
  /**
   * How often topics are compared with their declaration.
   *
   * @default - once a day
   */
  readonly schedule?: scheduler.ScheduleExpression;
}

interface DriftScheduleProps extends TopicDriftOptions {
  readonly provider: KafkaProvider;
  /** Read when the template is written, since topics may be added until then. */
  readonly topics: () => readonly ScheduledTopic[];
}

/**
 * A schedule that has the handlers compare the topics of one cluster in one stack. It is a schedule of EventBridge Scheduler
 * and not a rule, since its input may have 256 KB where that of a rule has 8.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
 */
export class DriftSchedule extends Construct {
  public constructor(scope: Construct, id: string, props: DriftScheduleProps) {
    super(scope, id);
    const { provider, schedule = scheduler.ScheduleExpression.rate(Duration.days(1)), topics } = props;
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [provider.dispatcher.functionArn] }),
    );
    const resource = new scheduler.CfnSchedule(this, 'Resource', {
      description: 'Compares Kafka topics with their declaration',
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: schedule.expressionString,
      scheduleExpressionTimezone: schedule.timeZone?.timezoneName,
      target: {
        arn: provider.dispatcher.functionArn,
        roleArn: role.roleArn,
        input: Lazy.string({ produce: () => Stack.of(this).toJsonString(toDriftEvent(topics())) }),
        retryPolicy: { maximumRetryAttempts: 3 },
      },
    });
    resource.node.addDependency(role); // with its policy
  }
}

interface Reporter {
  reportDrift(options: TopicDriftOptions): void;
}

/** The workers of a cluster, one or more in each stack: all of them report, whether they are defined before or after the report. */
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

const REPORTS = new Carried<DriftReports>('DriftReports');

/** The one registry of a cluster, whoever asks first. */
export function driftReportsOf(cluster: msk.IClusterRef): DriftReports {
  const existing = REPORTS.of(cluster);
  if (existing) return existing;
  const reports = new DriftReports();
  REPORTS.set(cluster, reports);
  return reports;
}
