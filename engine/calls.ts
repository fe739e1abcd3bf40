import type { ErrorCode } from './error-codes';

/**
 * Where the stack is going. In a rollback nothing may be refused that would leave the stack in UPDATE_ROLLBACK_FAILED;
 * what cannot be known counts as one.
 */
export type StackDirection = 'forward' | 'rollingBack' | 'unknown';

/** As whom the worker comes to the brokers; secrets go nowhere but into this call. */
export type Credentials =
  | { readonly kind: 'iam' }
  | { readonly kind: 'scram'; readonly username: string; readonly password: string }
  | { readonly kind: 'tls'; readonly certificate: string; readonly privateKey: string }
  | { readonly kind: 'none'; readonly tls: boolean };

/** Where the worker goes, and as whom. */
export interface Destination {
  /** `host:port,host:port` */
  readonly bootstrapBrokers: string;
  readonly credentials: Credentials;
}

/** What every call of the dispatcher says. */
interface Call extends Destination {
  /** For how long to go on when no broker has answered yet. */
  readonly patienceMs: number;
  /** How long the dispatcher itself has: an answer that comes later reaches nobody. */
  readonly budgetMs: number;
}

/** What the dispatcher hands to the worker, in one synchronous call. */
export interface WorkerCall extends Call {
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly physicalId?: string;
  readonly properties: Record<string, unknown>;
  readonly oldProperties?: Record<string, unknown>;
  readonly stack: StackDirection;
}

export interface WorkerSuccess {
  readonly physicalId: string;
  readonly topic?: { readonly name: string; readonly topicId: string; readonly partitionCount: number };
  readonly warnings: readonly string[];
}

export interface WorkerRefusal {
  readonly refusal: { readonly code: ErrorCode; readonly message: string };
}

export type WorkerAnswer = WorkerSuccess | WorkerRefusal;

/** A topic as its stack declares it now. */
export interface DeclaredTopic {
  readonly physicalId: string;
  readonly properties: Record<string, unknown>;
}

/** What the dispatcher hands to the worker when it shall look, and touch nothing. */
export interface DriftCall extends Call {
  readonly requestType: 'Report';
  readonly topics: readonly DeclaredTopic[];
}

/** How a topic can differ from what is declared. */
export type DifferenceKind =
  'Missing' | 'MadeAgain' | 'OtherCluster' | 'PartitionCount' | 'ReplicationFactor' | 'Configs' | 'Refused';

export interface Difference {
  readonly kind: DifferenceKind;
  /** Declared and live, for a person. */
  readonly text: string;
}

export interface TopicDrift {
  readonly topicName: string;
  readonly differences: readonly Difference[];
}

export type DriftAnswer = { readonly topics: readonly TopicDrift[] } | WorkerRefusal;
