import type { Explanations } from './explanation';

/** The rules of budgets. */
export const BUDGET = {
  BudgetConnections: {
    meaning: 'Clients that use IAM open more connections than the cluster accepts, all together or in a second.',
    fix: 'Add brokers, or use fewer and longer connections.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html',
  },
  BudgetEgressTwice: {
    meaning: 'The budget of a topic sets `consumerGroups` and `egressMBps`, which say the same thing.',
    fix: 'Remove one of them.',
  },
  BudgetPartitions: {
    meaning: 'With the topics that only the budget names, the cluster has more partitions than AWS recommends.',
    fix: 'Use the cluster that the message suggests, or fewer partitions.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker',
  },
  BudgetPartitionThroughput: {
    meaning: 'A partition gets or sends more than one partition of an Express or Serverless cluster can.',
    fix: 'Increase the number of partitions of the topic.',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html#msk-express-quota',
  },
  BudgetStorage: {
    meaning: 'The records that the topics retain, with their replicas and headroom, do not fit on the volumes.',
    fix: 'Enlarge `storage`, shorten the retention, or acknowledge the warning if the records are smaller than assumed.',
  },
  BudgetThroughput: {
    meaning:
      'The topics need more throughput than the brokers should carry. [Budget](budget.md#limits) has the formulas.',
    fix: 'Use the cluster that the message suggests.',
    source:
      'https://aws.amazon.com/blogs/big-data/best-practices-for-right-sizing-your-apache-kafka-clusters-to-optimize-performance-and-cost/',
  },
  BudgetTopicTwice: {
    meaning: 'The budget contains a topic more than once.',
    fix: 'Add up its traffic in one of them.',
  },
  BudgetTopicUndeclared: {
    meaning: 'The budget names a topic that is not declared on the cluster, so its number of partitions is unknown.',
    fix: 'Correct the name, or set `partitionCount` if the topic is created elsewhere.',
  },
  BudgetTwice: {
    meaning: 'A cluster has more than one budget.',
    fix: 'Add the topics to the first one.',
  },
  BudgetValue: {
    meaning: 'A number of a budget is outside its range.',
    fix: 'Set a number in the range that the message says.',
  },
} satisfies Explanations;
