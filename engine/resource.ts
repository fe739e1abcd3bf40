import type { ResourceCall } from './calls';
import type { ErrorCode } from './error-codes';
import type { KafkaFailure } from './kafka/kafka-failure';
import type { Broker, ClusterPort } from './kafka/cluster-port';

/**
 * The contract of a kind of resource that lives on brokers, such as a topic. A kind contributes only the pieces below.
 * Retries, deadlines, unknown outcomes, permissions that have not arrived yet, unreachable brokers, waiting for all
 * brokers, rollback and answers are written once, in `reconcile` and `retry`, and are the same for every kind.
 */
export interface ResourceKind<T extends ResourceTypes> extends FailurePolicy<T['job']> {
  /** The type of the custom resource, by which a call names its kind. */
  readonly resourceType: string;
  readonly ids: PhysicalIds<T['identity']>;

  /** What a call asks for. Throws a Refusal for invalid properties, before any broker is asked. */
  read(call: ResourceCall, identity?: T['identity']): Accepted<T['job']>;
  /**
   * Reads from the cluster what the plan depends on, and nothing more.
   *
   * @param isLate whether to go on without what does not become known, such as the contents of an offline partition
   */
  observe(ports: T['ports'], job: T['job'], isLate: boolean): Promise<T['seen']>;
  /** Decides without side effects. Throws a Refusal for what must not happen. */
  plan(job: T['job'], seen: T['seen']): T['plan'];
  /** Asks the brokers, before a step that cannot be undone, whether they will accept the others. */
  preflight?(ports: T['ports'], plan: T['plan']): Promise<void>;
  /** Carries out one step, and records in `progress` what was created and what was changed. */
  apply(ports: T['ports'], step: StepOf<T>, progress: ProgressOf<T>): Promise<void>;
  /** How much of the result a broker shows. */
  shows(ports: T['ports'], outcome: Outcome<T>, broker: Broker): Promise<Showing>;
  /** Removes what was created by a call that failed later, unless it is in use by now. */
  undo(ports: T['ports'], created: readonly T['created'][]): Promise<void>;
  /** What the resource is after a Create or an Update. */
  result(outcome: Outcome<T>): Result<T['identity']>;
}

/** The types that a kind is made of. */
export interface ResourceTypes {
  readonly ports: { readonly cluster: ClusterPort };
  /** What the physical ID remembers. */
  readonly identity: unknown;
  readonly job: Job;
  readonly seen: unknown;
  readonly plan: Plan;
  /** What `undo` needs to know about something that was created. */
  readonly created: unknown;
}

/** What all jobs have in common. */
export interface Job {
  readonly request: ResourceCall['requestType'];
  /** Of the existing resource: always present in a Delete. */
  readonly identity?: unknown;
}

/** A valid call, and what its author should know about it. */
export interface Accepted<J> {
  readonly job: J;
  readonly warnings: readonly string[];
}

/** What will be done. */
export interface Plan<Step = unknown> {
  /** In order. Those that follow one that cannot be undone are validated before it, in `preflight`. */
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
}

/** What has been done so far, also if a later step failed. */
export interface Progress<Step, Created> {
  /** Every step that was requested, whatever its outcome. */
  readonly begun: Step[];
  /** Every step whose outcome no broker has told. */
  readonly uncertain: Step[];
  readonly created: Created[];
  /** For a refusal: `configs of 'orders'`. */
  readonly changes: string[];
}

/** How much of a result a broker shows. */
export interface Showing {
  /** What it does not show yet, such as `a partition has no leader`; undefined if it shows everything. */
  readonly lacks?: string;
  /** Whether somebody else has undone the result, so that waiting does not help. */
  readonly isUndone?: boolean;
  readonly warnings?: readonly string[];
}

type StepOf<T extends ResourceTypes> = T['plan']['steps'][number];
export type ProgressOf<T extends ResourceTypes> = Progress<StepOf<T>, T['created']>;

/** A plan that was carried out. */
export interface Outcome<T extends ResourceTypes> {
  readonly job: T['job'];
  readonly seen: T['seen'];
  readonly plan: T['plan'];
  readonly progress: ProgressOf<T>;
}

export interface Result<Identity> {
  readonly identity: Identity;
  /** By their names in CloudFormation. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The physical ID is all that CloudFormation remembers for us. */
export interface PhysicalIds<Identity> {
  format(identity: Identity): string;
  /** Undefined for an ID in another format, such as one that CloudFormation generated. */
  parse(physicalId: string | undefined): Identity | undefined;
}

/** How failures of requests about one kind of resource are handled and worded. */
export interface FailurePolicy<J> {
  subject(job: J): Subject;
  /** By Kafka's name for the error, for errors that retrying does not fix. */
  readonly refusals: Readonly<Record<string, RefusalText>>;
  /** Where the kind knows better than the name of the error what a failure means; undefined where it does not. */
  verdict?(failure: KafkaFailure, job: J, leastBrokers: number): Verdict | undefined;
}

/** What a job is about, in the words of messages. */
export interface Subject {
  /** Such as `topic 'orders'`. */
  readonly label: string;
  /** The ARN that IAM checks permissions on. */
  readonly arn: string;
  /** The resource that ACLs protect, such as `topic 'orders'`. */
  readonly aclResource: string;
  readonly clusterArn: string;
  /** How long a new permission may take to reach the brokers. */
  readonly graceSeconds: number;
}

export interface RefusalText {
  readonly code: ErrorCode;
  readonly fix: string;
}

/**
 * What a failure calls for: to look and try again, the same and then to refuse with the broker's reason, to wait for a
 * permission, or to give up.
 */
export type Verdict = 'retry' | 'retryThenRefuse' | 'denied' | 'final';
