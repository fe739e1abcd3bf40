import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { NODE_COMMANDS, PoolError, type BrokerPool, type ClusterShape, type NodeCommand } from './pool';
import type { WantedTopic } from './topic-admin';

/** Offers the pool over HTTP, for programs that do not run in Node.js. */
export interface ControlServer {
  /** For example http://127.0.0.1:21234. */
  readonly url: string;
  close(): Promise<void>;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  answer(pool: BrokerPool, match: RegExpExecArray, body: unknown): unknown;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/sets$/, answer: (pool) => pool.list() },
  {
    method: 'POST',
    path: /^\/sets$/,
    async answer(pool, _match, body) {
      const { clusterArn, ...shape } = asLease(body);
      return { bootstrap: await pool.lease(clusterArn, shape) };
    },
  },
  {
    method: 'POST',
    path: /^\/sets\/(.+)\/nodes\/(\d+)$/,
    answer: (pool, [, arn, node], body) => pool.command(decodeURIComponent(arn), Number(node), asNodeCommand(body)),
  },
  {
    method: 'GET',
    path: /^\/sets\/(.+)\/requests$/,
    answer: (pool, [, arn]) => pool.requestCounts(decodeURIComponent(arn)),
  },
  {
    method: 'GET',
    path: /^\/sets\/(.+)\/topics$/,
    answer: (pool, [, arn]) => pool.topics(decodeURIComponent(arn)),
  },
  {
    method: 'GET',
    path: /^\/sets\/(.+)\/topics\/(.+)$/,
    answer: (pool, [, arn, name]) => pool.topic(decodeURIComponent(arn), decodeURIComponent(name)),
  },
  {
    method: 'POST',
    path: /^\/sets\/(.+)\/topics\/(.+)$/,
    answer: (pool, [, arn, name], body) => pool.putTopic(decodeURIComponent(arn), asTopic(name, body)),
  },
  {
    method: 'DELETE',
    path: /^\/sets\/(.+)\/topics\/(.+)$/,
    answer: (pool, [, arn, name]) => pool.deleteTopic(decodeURIComponent(arn), decodeURIComponent(name)),
  },
  { method: 'DELETE', path: /^\/sets\/(.+)$/, answer: (pool, [, arn]) => pool.end(decodeURIComponent(arn)) },
];

/** Listens on a free loopback port. */
export async function startControlServer(pool: BrokerPool): Promise<ControlServer> {
  const server = http.createServer((request, response) => void serve(pool, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(pool: BrokerPool, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let status = 200;
  let answer: unknown;
  try {
    answer = (await route(pool, request)) ?? {};
  } catch (error) {
    status = error instanceof PoolError ? error.status : 500;
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

async function route(pool: BrokerPool, request: http.IncomingMessage): Promise<unknown> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  for (const candidate of ROUTES) {
    const match = candidate.method === request.method ? candidate.path.exec(path) : null;
    if (match) return candidate.answer(pool, match, parse(await text(request)));
  }
  throw new PoolError(404, `There is no route ${request.method} ${path}`);
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new PoolError(400, 'The body is not JSON');
  }
}

function asLease(body: unknown): ClusterShape & { readonly clusterArn: string } {
  const lease = Object(body) as ClusterShape & { readonly clusterArn: string };
  if (!/^arn:[^:]+:kafka:[^:]+:[^:]*:cluster\/./.test(lease.clusterArn)) {
    throw new PoolError(400, `'clusterArn' must be the ARN of a cluster, got '${lease.clusterArn}'`);
  }
  if (!Number.isInteger(lease.brokers) || lease.brokers < 1) {
    throw new PoolError(400, `'brokers' must be a whole number of 1 or more, got '${lease.brokers}'`);
  }
  return lease;
}

function asNodeCommand(body: unknown): NodeCommand {
  const command = (Object(body) as { do?: NodeCommand }).do;
  if (command && NODE_COMMANDS.includes(command)) return command;
  throw new PoolError(400, `'do' must be one of ${NODE_COMMANDS.join(', ')}, got '${command}'`);
}

function asTopic(name: string, body: unknown): WantedTopic {
  const { configs = {}, isNew = false, partitions, replicationFactor } = Object(body) as Partial<WantedTopic>;
  if (!Number.isInteger(partitions) || !Number.isInteger(replicationFactor)) {
    throw new PoolError(400, "'partitions' and 'replicationFactor' must be whole numbers");
  }
  const numbers = { partitions: Number(partitions), replicationFactor: Number(replicationFactor) };
  return { name: decodeURIComponent(name), ...numbers, configs, isNew };
}
