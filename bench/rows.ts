/** One figure with a limit. */
export interface Row {
  readonly name: string;
  /** What is measured, and what it is compared with. */
  readonly what: string;
  /** The unit of figure and limit; `×` for a ratio of two medians. */
  readonly unit: string;
  /** The limit. */
  readonly limit: number;
}

const rows = <Name extends string>(table: readonly (Row & { readonly name: Name })[]) => table;

/** All figures. The measurements are in the files next to this one. */
export const ROWS = rows([
  {
    name: 'one-topic',
    what: "one topic through the bundled worker, warm, until every broker shows it, against Kafka's Java AdminClient",
    unit: '×',
    limit: 1.5,
  },
  {
    name: 'siblings',
    what: '100 topics one by one, 5 at a time, through the bundled worker, against the AdminClient',
    unit: '×',
    limit: 1.5,
  },
  {
    name: 'start',
    what: 'process start → IAM → one topic visible, on warm brokers, against kafkajs with aws-msk-iam-sasl-signer-js',
    unit: '×',
    limit: 0.65,
  },
  { name: 'unchanged-writes', what: 'write requests of an Update that changes nothing', unit: '', limit: 0 },
  {
    name: 'unchanged-requests',
    what: 'its requests besides ApiVersions and SASL',
    unit: '',
    limit: 3,
  },
  {
    name: 'worker-memory',
    what: 'most memory of the worker process: a topic created, changed and deleted',
    unit: 'MiB',
    limit: 128,
  },
  { name: 'worker-size', what: 'the bundle of the worker', unit: 'KB', limit: 200 },
  {
    name: 'loading',
    what: "`ProvisionedCluster` is loaded, against the CDK's class `Resource`, which it extends",
    unit: '×',
    limit: 1.5,
  },
  {
    name: 'synthesis-l2',
    what: "a cluster with 100 topics, against the same resources by the CDK's L2 constructs",
    unit: '×',
    limit: 1.15,
  },
  {
    name: 'synthesis-l1',
    what: 'a cluster with 100 topics, against the same resources written by hand as L1',
    unit: '×',
    limit: 1.4,
  },
  { name: 'package-size', what: 'the packed library', unit: 'MB', limit: 3 },
  { name: 'dependencies', what: 'runtime dependencies besides the peers', unit: '', limit: 0 },
]);

export type RowName = (typeof ROWS)[number]['name'];
export type Figures = Readonly<Record<RowName, number>>;
