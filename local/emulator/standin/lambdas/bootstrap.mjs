// Runs one Lambda function: reads one event per line from stdin, and writes one result per line to the file descriptor
// in argv[2]. The function prints to stdout and stderr, which the emulator keeps as its log.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import module from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const [resultDescriptor, compileCache] = process.argv.splice(2);
const { env } = process;
let requestId = '-';

module.enableCompileCache?.(compileCache);

const tell = (result) => fs.writeSync(Number(resultDescriptor), `${JSON.stringify(result)}\n`);

/** An error in the format in which Lambda's own runtime reports it to the caller. */
const described = (error, type) => ({
  errorType: type ?? error?.name ?? typeof error,
  errorMessage: String(error?.message ?? error),
  trace: String(error?.stack ?? '').split('\n'),
});

function die(error, type) {
  console.error(type, described(error, type));
  tell({ error: described(error, type), fatal: true });
  process.exit(1);
}

/** Sends custom resource responses over HTTP: handlers assume HTTPS, and the provider framework omits the port. */
function answerInPlainHttp() {
  const secure = https.request;
  https.request = (options, ...rest) => {
    const host = options.hostname ?? options.host;
    if (host !== '127.0.0.1') return secure(options, ...rest);
    const port = options.port || new URL(env.AWS_ENDPOINT_URL).port;
    return http.request(
      { ...plain(options), host, hostname: host, port, protocol: 'http:', agent: undefined },
      ...rest,
    );
  };
  module.syncBuiltinESMExports();
}

const plain = (options) =>
  options instanceof URL ? { path: `${options.pathname}${options.search}`, method: 'GET' } : options;

/** Lambda's log formats: JSON, or text with tabs, in which a message with several lines is one event. */
function formatConsole() {
  const levels = { debug: 'DEBUG', log: 'INFO', info: 'INFO', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };
  const json = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => {
      const timestamp = new Date().toISOString();
      const message = values.length === 1 && typeof values[0] === 'object' ? values[0] : format(...values);
      const line = json
        ? JSON.stringify({ timestamp, level, requestId, message })
        : [timestamp, requestId, level, format(...values)].join('\t').replaceAll('\n', '\r');
      process.stdout.write(`${line}\n`);
    };
  }
}

async function loadHandler() {
  const base = path.basename(env._HANDLER);
  const dot = base.indexOf('.');
  const [name, exported] = [base.slice(0, dot), base.slice(dot + 1)];
  const stem = path.resolve(env.LAMBDA_TASK_ROOT, path.dirname(env._HANDLER), name);
  const file = ['', '.js', '.mjs', '.cjs']
    .map((it) => stem + it)
    .find((it) => fs.existsSync(it) && fs.statSync(it).isFile());
  if (!file)
    throw Object.assign(new Error(`Error: Cannot find module '${name}'`), { name: 'Runtime.ImportModuleError' });
  const loaded = await import(pathToFileURL(file).href);
  const pick = (from) => exported.split('.').reduce((it, key) => it?.[key], from);
  const handler = pick(loaded) ?? pick(loaded.default);
  if (typeof handler !== 'function') {
    const message = `${env._HANDLER} is undefined or not exported`;
    throw Object.assign(new Error(message), { name: 'Runtime.HandlerNotFound' });
  }
  return handler;
}

const contextOf = ({ deadline, functionArn }) => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  invokedFunctionArn: functionArn,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

/** Handlers with a third parameter return their result by callback, which Node.js 24 and later do not support. */
function call(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  if (/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV)?.[1] >= 24) {
    const message = 'callback-based function handlers are not supported from Node.js 24 on';
    throw Object.assign(new Error(message), { name: 'Runtime.CallbackHandlerDeprecated' });
  }
  return new Promise((resolve, reject) => {
    handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function invoke(handler, message) {
  requestId = message.requestId;
  try {
    tell({ value: (await call(handler, message.event, contextOf(message))) ?? null });
  } catch (error) {
    console.error('Invoke Error', described(error));
    tell({ error: described(error) });
  }
}

const LOAD_FAILURES = {
  MODULE_NOT_FOUND: 'Runtime.ImportModuleError',
  ERR_MODULE_NOT_FOUND: 'Runtime.ImportModuleError',
};
const loadFailure = (error) => {
  if (error instanceof SyntaxError) return 'Runtime.UserCodeSyntaxError';
  return LOAD_FAILURES[error?.code] ?? error?.name;
};

process.on('uncaughtException', (error) => die(error));
process.on('unhandledRejection', (error) => die(error, 'Runtime.UnhandledPromiseRejection'));
process.stdin.on('end', () => process.exit(0)); // the emulator has ended, or ends this environment
formatConsole();
answerInPlainHttp();
const handler = await loadHandler().catch((error) => die(error, loadFailure(error)));
tell({ ready: true });
for await (const line of readline.createInterface({ input: process.stdin })) await invoke(handler, JSON.parse(line));
