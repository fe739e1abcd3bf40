import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What CloudFormation sends to a custom resource. */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly ResponseURL: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** The answer of the function. Its fields override those of a success. */
export interface Answer {
  readonly Status?: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
  /** Ends without an answer to CloudFormation. */
  readonly silent?: boolean;
}

type Play = (event: ResourceEvent) => Answer | Promise<Answer>;

/** Derives the physical ID from the property `Name`, so that a new name replaces the resource. */
const obedient: Play = ({ LogicalResourceId, PhysicalResourceId, RequestType, ResourceProperties }) => {
  const { Name = LogicalResourceId } = ResourceProperties as { Name?: string };
  return { PhysicalResourceId: RequestType === 'Delete' ? PhysicalResourceId : Name };
};

/** Lets a test decide what a deployed function answers, and records its events. */
export class Script {
  public static async start(): Promise<Script> {
    const script = new Script();
    await new Promise<void>((resolve) => script.server.listen(0, '127.0.0.1', resolve));
    return script;
  }

  public events: ResourceEvent[] = [];
  private play: Play = obedient;
  private readonly server = http.createServer((request, response) => {
    void this.serve(request).then((answer) => response.end(JSON.stringify(answer)));
  });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets all events so far, and sets how the next ones are answered. */
  public begin(play: (event: ResourceEvent) => Answer | Promise<Answer> | undefined = () => undefined): void {
    this.events = [];
    this.play = (event) => play(event) ?? obedient(event);
  }

  /** The events in order, as `Update A a1`. */
  public lines(): string[] {
    return this.events.map(({ LogicalResourceId, PhysicalResourceId, RequestType }) =>
      [RequestType, LogicalResourceId, PhysicalResourceId].filter(Boolean).join(' '),
    );
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: http.IncomingMessage): Promise<Answer> {
    const event = (await json(request)) as ResourceEvent;
    this.events.push(event);
    return this.play(event);
  }
}

/** A signal that one part of a test waits for and another part gives. */
export function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give!: () => void;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
