import type {
  ClusterFacts,
  ControlPlane,
  Network,
  StackResource,
  WorkerFacts,
} from '../../lambda/dispatcher/control-plane';
import type { ResourceAnswer, ResourceEvent } from '../../lambda/dispatcher/event';
import { route } from '../../lambda/dispatcher/route';
import { stackDirection } from '../../lambda/dispatcher/stack-direction';
import type { AdminPort } from '../../lambda/worker/admin-port';
import type { WorkerAnswer, WorkerCall } from '../../lambda/shared/worker-call';
import { FakeTime, handling, propertiesOf } from './handling';

/** AWS as a dispatcher sees it; a test changes what it is about. The worker is the real one, on a port of the test. */
export class FakeAws implements ControlPlane {
  public brokers: Record<string, string> | undefined = { BootstrapBrokerStringSaslIam: 'b-2:9098,b-1:9098' };
  public clusterFacts: ClusterFacts | undefined = {
    state: 'ACTIVE',
    securityGroupIds: ['sg-brokers'],
    subnetIds: ['subnet-a'],
  };
  public status: string | undefined = 'UPDATE_IN_PROGRESS';
  public resources: StackResource[] = [];
  public readonly workerFacts: WorkerFacts = { securityGroupIds: ['sg-worker'], subnetIds: ['subnet-b'] };
  public networkFacts: Network = { rules: [], subnets: [], routes: [] };
  public readonly time = new FakeTime();
  public readonly calls: WorkerCall[] = [];
  public readonly warnings: string[] = [];

  public constructor(private readonly connect: () => AdminPort) {}

  public bootstrapBrokers: ControlPlane['bootstrapBrokers'] = () => Promise.resolve(this.brokers);
  public readonly cluster = () => Promise.resolve(this.clusterFacts);
  public readonly stackStatus = () => Promise.resolve(this.status);
  public readonly stackResources = () => Promise.resolve(this.resources);
  public secretText = '{}';
  public readonly secret = () => Promise.resolve(this.secretText);
  public readonly worker = () => Promise.resolve(this.workerFacts);
  public readonly network = () => Promise.resolve(this.networkFacts);

  public invoke(_functionArn: string, call: WorkerCall): Promise<WorkerAnswer> {
    this.calls.push(JSON.parse(JSON.stringify(call)) as WorkerCall);
    return handling(call, this.connect, this.time);
  }

  /** Hands an event to the dispatcher, which has some minutes of a clock that passes at once. */
  public send(event: Partial<ResourceEvent>, minutes = 12): Promise<ResourceAnswer> {
    return route(anEvent(event), {
      aws: this,
      time: this.time,
      deadline: this.time.now() + minutes * 60_000,
      log: () => undefined,
      warn: (warnings) => this.warnings.push(...warnings),
      stackDirection: async () => stackDirection(await this.stackStatus()),
    });
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
