import type * as msk from 'aws-cdk-lib/aws-msk';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { driftReportsOf } from '../handlers/schedule';
import { refused } from '../internal/validation';
import { finding } from '../model/finding';
import { checked } from '../internal/signatures/checked';

/** Properties of a drift report. */
export interface TopicDriftReportProps {
  /** The cluster: one defined with this library, in this stack or another, an imported one, or an L1. */
  readonly cluster: msk.IClusterRef;

  /**
   * How often the topics are compared with their declaration.
   *
   * @default - once a day
   */
  readonly schedule?: ScheduleExpression;
}

/**
 * Compares the topics of this app with the brokers of a cluster on a schedule, and reports differences. It is read-only and
 * covers the topics of all stacks, each by a schedule in that stack.
 *
 * Every difference is a line in the log of the handlers. The metric `TopicDrift` in the namespace `cdk-msk` counts the topics
 * that differ, by `Cluster Name`, and by `Cluster Name` and `Difference`. The metric `TopicDriftFailed` counts the topics that
 * could not be compared, by `Cluster Name`. A failure does not keep other topics from being compared.
 */
@checked('TopicDriftReport')
export class TopicDriftReport extends Construct {
  public constructor(scope: Construct, id: string, props: TopicDriftReportProps) {
    super(scope, id);
    const { schedule } = props;
    const cluster = props.cluster;
    if (driftReportsOf(cluster).start({ schedule })) return;
    const message =
      'this cluster already has a TopicDriftReport, which covers the topics of all stacks; remove one of the two';
    throw refused(this, finding('DriftReportTwice', message));
  }
}
