import type { ErrorCode } from './error-codes';

/**
 * Where the stack is going. During a rollback nothing may be refused that would leave the stack in
 * UPDATE_ROLLBACK_FAILED; an unknown direction counts as a rollback.
 */
export type StackDirection = 'forward' | 'rollingBack' | 'unknown';

/** How the worker authenticates with the brokers. Secrets are passed in this call and nowhere else. */
export type Credentials =
  | { readonly kind: 'iam' }
  | { readonly kind: 'scram'; readonly username: string; readonly password: string }
  | { readonly kind: 'tls'; readonly certificate: string; readonly privateKey: string }
  | { readonly kind: 'none'; readonly tls: boolean };

/** Which brokers the worker connects to, and how it authenticates. */
export interface Destination {
  /** `host:port,host:port` */
  readonly bootstrapBrokers: string;
  readonly credentials: Credentials;
}

/** What every call of the dispatcher contains. */
export interface CallLimits extends Destination {
  /** How long to keep trying while no broker has answered yet. */
  readonly patienceMs: number;
  /** How long the dispatcher itself has: a later answer is lost. */
  readonly budgetMs: number;
}

/** What a call says about the resource itself. */
export interface ResourceCall {
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly physicalId?: string;
  readonly properties: Record<string, unknown>;
  readonly oldProperties?: Record<string, unknown>;
  readonly stack: StackDirection;
  /** For a Delete that cleans up a replacement: the physical ID that the resource has now. */
  readonly replacedBy?: string;
}

/** What the dispatcher passes to the worker, in one synchronous call. */
export interface WorkerCall extends CallLimits, ResourceCall {
  /** Which kind of resource it is, such as `Custom::KafkaTopic`. */
  readonly resourceType: string;
}

export interface WorkerSuccess {
  readonly physicalId: string;
  /** The attributes of the resource, by their names in CloudFormation; a Delete has none. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

export interface WorkerRefusal {
  readonly refusal: { readonly code: ErrorCode; readonly message: string };
}

export type WorkerAnswer = WorkerSuccess | WorkerRefusal;
