/** What AWS does on a bad day. Everything is off by default. */
export interface UnkindOptions {
  /**
   * Chooses which requests fail and which events come twice. The same seed chooses the same ones again: the draws of an
   * action follow the order of its requests, and those of an event its stack, resource and number.
   *
   * @default 0
   */
  readonly seed?: number;
  /**
   * Limits requests to the rates of `standin/unkind/rates.json`, for each account and Region.
   *
   * @default false
   */
  readonly throttling?: boolean;
  /**
   * Rates by IAM action, such as `kafka:GetBootstrapBrokers` or `ec2:Describe*`. They apply before those of
   * `throttling`.
   *
   * @default - none
   */
  readonly rates?: Readonly<Record<string, RequestRate>>;
  /**
   * Share of the requests to CloudFormation, EC2, Lambda, MSK and Secrets Manager that fail with a status of 500 or 503,
   * from 0 to 1.
   *
   * @default 0
   */
  readonly serverErrors?: number;
  /**
   * Actions of these services that are denied to roles.
   *
   * @default - none
   */
  readonly deny?: readonly DeniedActions[];
  /**
   * Executions of functions that an account has at the same time in a Region. AWS has 1,000, and new accounts have 10.
   * Reserved concurrency counts only with this option.
   *
   * @default - no limit
   */
  readonly concurrentExecutions?: number;
  /**
   * Seconds after which the access key of an environment of a function expires. It is never one that is in use: Lambda
   * renews keys in time. The next invocation gets a new environment with a new key.
   *
   * @default - keys do not expire
   */
  readonly functionKeySeconds?: number;
  /**
   * Events of custom resources that are delivered more than once.
   *
   * @default - none
   */
  readonly events?: RepeatedEvents;
}

/** A bucket of tokens: each request takes one. */
export interface RequestRate {
  /** Tokens that the bucket holds. */
  readonly burst: number;
  /** Tokens that are added in a second. 0 means that the bucket is never filled again. */
  readonly perSecond: number;
}

/** What the policy of a role denies. */
export interface DeniedActions {
  /** Name of the role. `*` stands for any characters. */
  readonly role: string;
  /** IAM actions, such as `cloudformation:DescribeStacks` or `kafka:*`. */
  readonly actions: readonly string[];
  /**
   * @default permissions boundary
   */
  readonly policyType?: 'permissions boundary' | 'identity-based policy' | 'service control policy';
}

/** Shares of the events, each from 0 to 1. */
export interface RepeatedEvents {
  /**
   * Delivered twice at once.
   *
   * @default 0
   */
  readonly twice?: number;
  /**
   * Delivered once more when CloudFormation has the answer, or no longer waits for it.
   *
   * @default 0
   */
  readonly again?: number;
  /**
   * Followed by a copy of an older event of the same resource.
   *
   * @default 0
   */
  readonly older?: number;
}

/**
 * What the emulator has been so far: how often each IAM action was `throttled`, `failed` or `denied`, how often each
 * function was `withoutPlace`, and how many copies of events each resource got, by the key in `RepeatedEvents`.
 */
export type UnkindTally = Readonly<
  Partial<
    Record<'throttled' | 'failed' | 'denied' | 'withoutPlace' | keyof RepeatedEvents, Readonly<Record<string, number>>>
  >
>;

/** An event that CloudFormation has sent to the function of a custom resource. */
export interface SentEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}
