import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import Table from 'cli-table3';
import { cdk, type CdkApp } from './cdk';
import type { UnkindOptions } from './emulator/unkind';
import { Progress } from './progress';
import { StandIn } from './stand-in';

const RECORDS = 1000;
const USAGE = 'npm start -- [--topic NAME] [--partitions N] [--unkind]';

/** A bad day of a new account. */
const BAD_DAY: UnkindOptions = {
  throttling: true,
  serverErrors: 0.05,
  concurrentExecutions: 10,
  functionKeySeconds: 60,
  events: { twice: 0.3, again: 0.3, older: 0.3 },
};

interface Choice {
  readonly topic: string;
  readonly partitions: number;
  readonly unkind: boolean;
}

function readChoice(args: string[]): Choice {
  const { values } = parseArgs({
    args,
    options: {
      topic: { type: 'string', default: 'orders' },
      partitions: { type: 'string', default: '6' },
      unkind: { type: 'boolean', default: false },
    },
  });
  const partitions = Number(values.partitions);
  if (!Number.isInteger(partitions) || partitions < 1)
    throw new Error(`--partitions must be a whole number of 1 or more, got '${values.partitions}'. Usage: ${USAGE}`);
  return { topic: values.topic, partitions, unkind: values.unkind };
}

/** The main use case of the library on the local stand-in: deploy, use, change, inspect, destroy. */
class Tour {
  private readonly progress = new Progress();
  private readonly output = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-assembly-'));
  private seen = '';

  public constructor(
    private readonly standIn: StandIn,
    private readonly choice: Choice,
  ) {}

  public async run(): Promise<void> {
    const { partitions } = this.choice;
    const { progress } = this;
    await progress.step('Bootstrapping the account', () =>
      this.cdk(['bootstrap', `aws://${this.standIn.emulator.account}/us-east-1`]),
    );
    await progress.step('cdk deploy: VPC, cluster, topics, producer and consumer', () => this.deploy(partitions, 7));
    await progress.step(`Publishing ${RECORDS} records over TLS with IAM`, () => this.invoke('Producer'));
    await progress.step('Consuming them as group billing', () => this.invoke('Consumer'));
    const more = partitions + 3;
    await progress.step(
      `cdk deploy: ${more} partitions instead of ${partitions}, 3 days of retention instead of 7`,
      () => this.deploy(more, 3),
    );
    await progress.step("Listing the topics on the brokers with Kafka's own AdminClient", () => this.look());
    await progress.step('cdk destroy', () => this.cdk(['destroy', '--force'], partitions, 3));
    if (this.choice.unkind) await this.tellUnkind();
  }

  private async tellUnkind(): Promise<void> {
    const counts = Object.entries(await this.standIn.emulator.unkindTally()).map(
      ([kind, byName]) =>
        `${kind}: ${Object.entries(byName)
          .map(([name, count]) => `${name} ${count}×`)
          .join(', ')}`,
    );
    this.progress.tell(`What AWS did on this bad day: ${counts.join('; ') || 'nothing'}`);
  }

  /** Prints what was on the brokers before the stack was destroyed. */
  public tellResult(): void {
    console.log(`\nFinished in ${this.progress.total()}. Topics before the stack was destroyed:\n${this.seen}`);
  }

  public clean(): void {
    fs.rmSync(this.output, { recursive: true, force: true });
  }

  private deploy(partitions: number, retentionDays: number): Promise<void> {
    return this.cdk(['deploy', '--require-approval', 'never', '--progress', 'events'], partitions, retentionDays);
  }

  private async cdk(args: string[], partitions = this.choice.partitions, retentionDays = 7): Promise<void> {
    const context = {
      topic: this.choice.topic,
      partitions: String(partitions),
      retentionDays: String(retentionDays),
      removalPolicy: 'destroy',
    };
    const app: CdkApp = {
      entry: 'examples/orders/app.ts',
      output: this.output,
      environment: this.standIn.environment(),
      context,
    };
    const { code } = await cdk(app, args, (line) => this.tellCdk(line));
    if (code !== 0) throw new Error(`cdk ${args[0]} ended with exit code ${code}`);
  }

  /** Omits events of operations in progress, since they complete almost immediately. */
  private tellCdk(line: string): void {
    if (!/_IN_PROGRESS +\|/.test(line)) this.progress.line(line.slice(0, 150));
  }

  private async invoke(output: 'Producer' | 'Consumer'): Promise<void> {
    const lambda = new LambdaClient(this.client());
    const FunctionName = await this.stackOutput(output);
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ count: RECORDS }) }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw new Error(`${FunctionName} failed: ${answer}`);
    this.progress.tell(`${FunctionName}: ${answer}`);
  }

  private async stackOutput(key: string): Promise<string> {
    const { Stacks } = await new CloudFormationClient(this.client()).send(
      new DescribeStacksCommand({ StackName: 'Orders' }),
    );
    const value = Stacks?.[0].Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    if (value === undefined) throw new Error(`the stack has no output ${key}`);
    return value;
  }

  private client() {
    const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY } = this.standIn.environment();
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
    return { endpoint: this.standIn.emulator.url, region: AWS_REGION, credentials };
  }

  private async look(): Promise<void> {
    const table = new Table({
      head: ['topic', 'partitions', 'replicas', 'records', 'configs'],
      style: { head: [], border: [] },
    });
    for (const topic of await (await this.standIn.inspector()).topics()) {
      const configs = Object.entries(topic.configs).map(([key, value]) => `${key}=${value}`);
      const records = (topic.latestOffset ?? 0) - (topic.earliestOffset ?? 0);
      table.push([topic.name, topic.partitions, topic.replicationFactor, records, configs.join('\n')]);
    }
    this.seen = table.toString();
    console.log(this.seen);
  }
}

/** Calls `stop` on a signal, or when the parent process (npm or a shell) ends. */
function onEnd(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  const owner = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === owner) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

async function main(): Promise<void> {
  const choice = readChoice(process.argv.slice(2));
  const progress = new Progress();
  const standIn = await progress.step(
    'Starting the stand-in: an AWS emulator and three Kafka brokers on loopback',
    () => StandIn.start({ unkind: choice.unkind ? BAD_DAY : undefined }),
  );
  const tour = new Tour(standIn, choice);
  const stop = async () => {
    tour.clean();
    await standIn.stop();
  };
  onEnd(() => void stop().finally(() => process.exit(130)));
  await tour.run().finally(() => progress.step('Stopping everything', stop));
  tour.tellResult();
}

main().catch((error: Error) => {
  console.error(`\n✗ ${error.message}`);
  process.exitCode = 1;
});
