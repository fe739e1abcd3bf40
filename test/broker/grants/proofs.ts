import type { InspectorError } from '../../../local/kafka/inspector';
import type { Give, GrantedClient } from './granted-client';

type Work = (client: GrantedClient) => Promise<unknown>;

/** What a grant must allow, and what it must not allow. */
export interface Proof {
  readonly verb: string;
  readonly give: Give;
  /** Runs as super user, before each attempt. */
  readonly prepare?: Work;
  readonly promises: Readonly<Record<string, Work>>;
  readonly beyond: Readonly<Record<string, Work>>;
}

const produce =
  (topic: string): Work =>
  (client) =>
    client.run('produceIdempotently', { topic });
const transact =
  (topic: string, transactionalId: string): Work =>
  (client) =>
    client.run('produceInTransaction', { topic, transactionalId });
const consume =
  (topic: string, group: string): Work =>
  (client) =>
    client.run('consumeInGroup', { topic, group });
const share =
  (topic: string, group: string): Work =>
  (client) =>
    client.run('shareGroup', { topic, group });
const ask =
  (command: string, fields: object): Work =>
  (client) =>
    client.run(command, fields);
const create =
  (topic: string, partitions = 1): Work =>
  (client) =>
    client.java.createTopic(topic, { partitions });

/** Deletes a topic if it exists. A broker may still show a topic that was deleted already. */
const removed =
  (topic: string): Work =>
  async ({ real }) => {
    await real.inspector.deleteTopic(topic).catch((error: InspectorError) => {
      if (error.code !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    });
    await real.set.settled();
  };

/** The whole life of a topic, from its creation to its deletion. */
const lifeOf =
  (topic: string): Work =>
  async (client) => {
    await create(topic)(client);
    await client.real.set.settled();
    await client.run('describeTopic', { topic });
    await client.java.createPartitions(topic, 2);
    await client.java.alterConfigs(topic, { set: { 'retention.ms': '60000' } });
    await client.run('topicConfigs', { topic });
    await client.real.set.settled();
    await client.run('deleteRecords', { topic });
    await client.java.deleteTopic(topic);
  };

const seeTopic = (topic: string): Record<string, Work> => ({
  partitions: ask('describeTopic', { topic }),
  offsets: ask('topicOffset', { topic }),
  configs: ask('topicConfigs', { topic }),
});

const seeCluster: Record<string, Work> = {
  ...seeTopic('orders'),
  brokers: ask('brokers', {}),
  'settings of brokers': ask('brokerConfigs', {}),
  'members of a group': ask('group', { group: 'watched' }),
  'offsets of a group': ask('groupOffsets', { group: 'watched' }),
  'a transaction': ask('transaction', { transactionalId: 'watched' }),
};

/** Creates a group with a member that remains after its process has ended, and a transaction. */
const watched: Work = async ({ real: { inspector } }) => {
  await inspector.run('consumeInGroup', { topic: 'orders', group: 'watched', instance: 'one' });
  await inspector.run('produceInTransaction', { topic: 'orders', transactionalId: 'watched' });
};

const STREAMS = 'totals-store-changelog';

/** What a Kafka Streams app does besides reading and writing its own topics. */
const streams: Record<string, Work> = {
  'makes, fills, reads and empties an internal topic': async (client) => {
    await create(STREAMS, 2)(client);
    await client.real.set.settled();
    await produce(STREAMS)(client);
    await consume(STREAMS, 'totals')(client);
    await client.run('deleteRecords', { topic: STREAMS });
  },
  'processes exactly once': ask('produceInTransaction', { topic: STREAMS, transactionalId: 'totals-1' }),
  'shares the group': share(STREAMS, 'totals'),
};

export const PROOFS: Proof[] = [
  {
    verb: 'topic.describe',
    give: (grants, role) => grants.topic('orders').describe(role),
    promises: seeTopic('orders'),
    beyond: { 'another topic': ask('describeTopic', { topic: 'orders-dlq' }), writing: produce('orders') },
  },
  {
    verb: 'topic.produce',
    give: (grants, role) => grants.topic('orders').produce(role),
    promises: { 'writes idempotently': produce('orders') },
    beyond: {
      'another topic': produce('orders-dlq'),
      reading: consume('orders', 'billing'),
      'a transaction': transact('orders', 'checkout'),
      'its configs': ask('topicConfigs', { topic: 'orders' }),
    },
  },
  {
    verb: 'topic.produceTransactionally',
    give: (grants, role) => grants.topic('orders').produceTransactionally(role, 'checkout-*'),
    promises: { 'writes in a transaction': transact('orders', 'checkout-1') },
    beyond: {
      'another transactional ID': transact('orders', 'billing-1'),
      'another topic': transact('orders-dlq', 'checkout-1'),
      reading: consume('orders', 'checkout'),
    },
  },
  {
    verb: 'topic.consume',
    give: (grants, role) => grants.topic('orders').consume(role, 'billing'),
    promises: {
      'reads and commits': consume('orders', 'billing'),
      'shares the group': share('orders', 'billing'),
      'sets offsets back': ask('resetGroup', { topic: 'orders', group: 'billing' }),
      'sees its offsets': ask('groupOffsets', { group: 'billing' }),
    },
    beyond: {
      'another group': consume('orders', 'billing-2'),
      'another topic': consume('orders-dlq', 'billing'),
      writing: produce('orders'),
      'deleting the group': ask('deleteGroup', { group: 'billing' }),
    },
  },
  {
    verb: 'topic.consume and topic.produceTransactionally',
    give: (grants, role) =>
      grants
        .topic('orders')
        .consume(role, 'enrich')
        .combine(grants.topic('enriched').produceTransactionally(role, 'enrich')),
    promises: {
      'reads, writes and commits in one transaction': ask('processInTransaction', {
        ...{ topic: 'orders', to: 'enriched', group: 'enrich', transactionalId: 'enrich' },
      }),
    },
    beyond: { 'writing back': transact('orders', 'enrich'), 'reading what it wrote': consume('enriched', 'enrich') },
  },
  {
    verb: 'topic.produceAndConsume',
    give: (grants, role) => grants.topic('orders').produceAndConsume(role, 'totals'),
    prepare: removed(STREAMS),
    promises: { writes: produce('orders'), reads: consume('orders', 'totals'), ...streams },
    beyond: {
      'another topic': produce('orders-dlq'),
      'a topic that is not its own': create('others-changelog'),
      'another group': consume('orders', 'others'),
    },
  },
  {
    verb: 'cluster.runStreams',
    give: (grants, role) => grants.runStreams(role, 'totals'),
    prepare: removed(STREAMS),
    promises: streams,
    beyond: {
      'a topic that was not granted': consume('orders', 'totals'),
      'a transactional ID of another app': transact(STREAMS, 'others-1'),
    },
  },
  {
    verb: 'topic.manage',
    give: (grants, role) => grants.topic('managed').manage(role),
    prepare: removed('managed'),
    promises: { 'creates, grows, sets, empties and deletes': lifeOf('managed') },
    beyond: {
      'another topic': create('managed-2'),
      reading: consume('orders', 'billing'),
      writing: async (client) => {
        await create('managed')(client);
        await client.real.set.settled();
        await produce('managed')(client);
      },
    },
  },
  {
    verb: 'topicsWithPrefix.produce',
    give: (grants, role) => grants.topicsWithPrefix('orders-').produce(role),
    promises: { 'writes to a topic with the prefix': produce('orders-dlq') },
    beyond: { 'a topic without it': produce('orders') },
  },
  {
    verb: 'allTopics.consume',
    give: (grants, role) => grants.allTopics.consume(role, 'audit-*'),
    promises: { 'reads one': consume('orders', 'audit-1'), 'reads another': consume('orders-dlq', 'audit-2') },
    beyond: { writing: produce('orders'), 'another group': consume('orders', 'billing') },
  },
  {
    verb: 'cluster.describe',
    give: (grants, role) => grants.describe(role),
    prepare: watched,
    promises: seeCluster,
    beyond: {
      writing: produce('orders'),
      reading: consume('orders', 'watched'),
      'a new topic': create('described'),
      'a setting of brokers': ask('setBrokerConfig', { name: 'log.retention.ms', value: '86400000' }),
    },
  },
  {
    verb: 'cluster.manage',
    give: (grants, role) => grants.manage(role),
    prepare: async (client) => {
      await removed('managed')(client);
      await watched(client);
    },
    promises: {
      ...seeCluster,
      'creates, grows, sets, empties and deletes a topic': lifeOf('managed'),
      'moves leaders': ask('electLeaders', { topic: 'orders' }),
      'sets brokers': async (client) => {
        await client.run('setBrokerConfig', { name: 'log.retention.ms', value: '86400000' });
        await client.run('setBrokerConfig', { name: 'log.retention.ms' });
      },
      'removes a member and then the group': async (client) => {
        await client.run('removeMember', { group: 'watched', instance: 'one' });
        await client.run('deleteGroup', { group: 'watched' });
      },
    },
    beyond: { writing: produce('orders'), reading: consume('orders', 'managers') },
  },
];
