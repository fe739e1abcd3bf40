import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { Carried } from '../internal/carried';
import { serviceForOwn } from '../internal/own-account';
import { textOf } from '../model/finding';
import { driftInputFindings } from '../model/rules/declared-topics';
import { type ScheduledTopic, toDriftEvent } from '../model/wire/drift';
import type { KafkaProvider } from './provider';

/** Options of the report of topic drift. */
export interface TopicDriftOptions {
  /**
   * How often topics are compared with their declaration.
   *
   * @default scheduler.ScheduleExpression.rate(Duration.days(1))
   */
  readonly schedule?: scheduler.ScheduleExpression;
}

interface DriftScheduleProps extends TopicDriftOptions {
  readonly provider: KafkaProvider;
  /** Called when the template is written, since topics may be added until then. */
  readonly topics: () => readonly ScheduledTopic[];
}

/**
 * Schedules the comparison of one cluster's topics in one stack. It uses EventBridge Scheduler and not a rule, since
 * the input of a schedule may have 256 KB and the input of a rule only 8 KB.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
 */
export class DriftSchedule extends Construct {
  public constructor(scope: Construct, id: string, props: DriftScheduleProps) {
    super(scope, id);
    const { provider, schedule = scheduler.ScheduleExpression.rate(Duration.days(1)), topics } = props;
    // a schedule sends the ARN of its group: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    const group = { service: 'scheduler', resource: 'schedule-group', resourceName: 'default' };
    const role = new iam.Role(this, 'Role', { assumedBy: serviceForOwn(this, group) });
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
    resource.node.addDependency(role); // includes the policy of the role
    this.node.addValidation({ validate: () => driftInputFindings(topics().length, leastBytes(topics())).map(textOf) });
  }
}

/** The size of the input if each value that only the deployment knows were as short as its placeholder. */
const leastBytes = (topics: readonly ScheduledTopic[]) => Buffer.byteLength(JSON.stringify(toDriftEvent(topics)));

interface Reporter {
  reportDrift(options: TopicDriftOptions): void;
}

/**
 * The workers of a cluster, one or more in each stack. All of them report, even those that are defined after the
 * report.
 */
export class DriftReports {
  private readonly reporters: Reporter[] = [];
  private options?: TopicDriftOptions;

  /** Returns false if the reports had already been started. */
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

/** Returns the registry of a cluster, which the first call creates. */
export function driftReportsOf(cluster: msk.IClusterRef): DriftReports {
  const existing = REPORTS.of(cluster);
  if (existing) return existing;
  const reports = new DriftReports();
  REPORTS.set(cluster, reports);
  return reports;
}
