import type {
  ClusterFacts,
  ControlPlane,
  Network,
  StackResource,
  WorkerFacts,
} from '../lambda/dispatcher/aws/control-plane';
import type { ResourceAnswer, ResourceEvent } from '../lambda/dispatcher/context/event';
import { route } from '../lambda/dispatcher/route';
import type { KafkaPorts } from '../engine/kafka/ports';
import type { DriftEvent } from '../lib/model/wire/drift';
import { reportTopicDrift } from '../lambda/dispatcher/resources/topic-drift';
import type { DispatcherContext } from '../lambda/dispatcher/context/dispatcher-context';
import type { WorkerAnswer, WorkerCall } from '../engine/calls';
import type { DriftAnswer, DriftCall } from '../engine/topics/drift-call';
import { reportDrift } from '../engine/topics/drift';
import { FakeTime, functionLimits, handling, poolOf, propertiesOf } from './handling';

/** A number that was sent to CloudWatch. */
interface Measured {
  readonly name: string;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** AWS as the dispatcher sees it, with state that a test can change. It calls the real worker, on ports of the test. */
export class FakeAws implements ControlPlane {
  public brokers: Record<string, string> | undefined = { BootstrapBrokerStringSaslIam: 'b-2:9098,b-1:9098' };
  public clusterFacts: ClusterFacts | undefined = {
    state: 'ACTIVE',
    securityGroupIds: ['sg-brokers'],
    subnetIds: ['subnet-a'],
  };
  /** The status of the stack; null: whatever status the stack has when CloudFormation sends the event. */
  public status: string | null | undefined = null;
  public resources: StackResource[] = [];
  public readonly workerFacts: WorkerFacts = { securityGroupIds: ['sg-worker'], subnetIds: ['subnet-b'] };
  public networkFacts: Network = { rules: [], subnets: [], routes: [] };
  public readonly time = new FakeTime();
  public readonly calls: WorkerCall[] = [];
  public readonly warnings: string[] = [];
  public readonly lines: { readonly message: string; readonly fields?: Record<string, unknown> }[] = [];
  public readonly measured: Measured[] = [];

  public constructor(private readonly connect: () => KafkaPorts) {}

  public bootstrapBrokers: ControlPlane['bootstrapBrokers'] = () => Promise.resolve(this.brokers);
  public readonly cluster = () => Promise.resolve(this.clusterFacts);
  private statusOfEvent = '';
  public readonly stackStatus = () => Promise.resolve(this.status === null ? this.statusOfEvent : this.status);
  public readonly stackResources = () => Promise.resolve(this.resources);
  public secretText = '{}';
  public readonly secret = () => Promise.resolve(this.secretText);
  public readonly worker = () => Promise.resolve(this.workerFacts);
  public readonly network = () => Promise.resolve(this.networkFacts);

  public invoke(_functionArn: string, call: WorkerCall): Promise<WorkerAnswer> {
    this.calls.push(JSON.parse(JSON.stringify(call)) as WorkerCall);
    return handling(call, this.connect, this.time);
  }

  public report(_functionArn: string, call: DriftCall): Promise<DriftAnswer> {
    return reportDrift(JSON.parse(JSON.stringify(call)) as DriftCall, poolOf(this.connect), functionLimits(this.time));
  }

  /** Sends an event to the dispatcher, which has the given minutes on a fake clock. */
  public send(event: Partial<ResourceEvent>, minutes = 12): Promise<ResourceAnswer> {
    const sent = anEvent(event);
    this.statusOfEvent = sent.RequestType === 'Delete' ? 'DELETE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
    return route(sent, this.context(minutes));
  }

  /** Sends the event of a schedule to the dispatcher. */
  public async sendDrift(event: DriftEvent): Promise<void> {
    await reportTopicDrift(event, this.context(12));
  }

  /** The context of a handler of the dispatcher. */
  public context(minutes = 12): DispatcherContext {
    return {
      aws: this,
      time: this.time,
      deadline: this.time.now() + minutes * 60_000,
      log: (message, fields) => void this.lines.push({ message, fields }),
      warn: (warnings) => void this.warnings.push(...warnings),
      measure: (name, value, dimensions) => void this.measured.push({ name, value, dimensions }),
    };
  }
}

export const anEvent = (event: Partial<ResourceEvent> = {}): ResourceEvent => ({
  RequestType: 'Create',
  ResourceType: 'Custom::KafkaTopic',
  LogicalResourceId: 'Orders',
  StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Shop/11111111-2222-3333-4444-555555555555',
  RequestId: 'request',
  ResourceProperties: { ServiceToken: 'token', ...propertiesOf() },
  ...event,
});
