import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { cdk, type CdkApp, type CdkResult } from '../../../local/cdk';
import type { Inspector, TopicDescription } from '../../../local/kafka/inspector';
import { StandIn } from '../../../local/stand-in';
import type { Scenario } from './scenario';

/** The stand-in, with the real `cdk` command line pointed at it. */
export class Deployment<S extends object = Scenario> {
  public static async start<S extends object = Scenario>(
    app: Pick<CdkApp, 'entry' | 'folder'> = { entry: 'test/e2e/apps/topics-app.ts' },
  ): Promise<Deployment<S>> {
    const standIn = await StandIn.start();
    const deployment = new Deployment<S>(standIn, app);
    const { code, output } = await deployment.cdk(['bootstrap', 'aws://000000000000/us-east-1'], { topics: {} });
    if (code !== 0) throw new Error(output);
    return deployment;
  }

  private readonly output = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-e2e-'));
  private inspecting?: Promise<Inspector>;
  private context: Record<string, string> = {};

  private constructor(
    public readonly standIn: StandIn,
    private readonly app: Pick<CdkApp, 'entry' | 'folder'>,
  ) {}

  /** Passes this context to the app from now on, in addition to its scenario. */
  public useContext(context: Record<string, string>): void {
    this.context = context;
    this.inspecting = undefined; // the clusters are different now
  }

  /** Deploys. If that fails, throws the output of `cdk`. */
  public async deploy(scenario: S): Promise<string> {
    const { code, output } = await this.tryToDeploy(scenario);
    if (code !== 0) throw new Error(output);
    return output;
  }

  public tryToDeploy(scenario: S): Promise<CdkResult> {
    return this.cdk(['deploy', '--all', '--require-approval', 'never'], scenario);
  }

  /** Synthesizes with lookups, and returns the template of a stack. */
  public async synthesize<Template>(scenario: S, stack: string): Promise<Template> {
    const { code, output } = await this.cdk(['synth', stack, '--quiet'], scenario);
    if (code !== 0) throw new Error(output);
    const file = path.join(this.output, `${stack}.template.json`);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Template;
  }

  /** Imports existing resources into a stack. The mapping identifies them by logical ID. */
  public async import(scenario: S, stack: string, mapping: Record<string, Record<string, string>>): Promise<void> {
    const file = path.join(this.output, 'mapping.json');
    fs.writeFileSync(file, JSON.stringify(mapping));
    const { code, output } = await this.cdk(['import', stack, '--resource-mapping', file], scenario);
    if (code !== 0) throw new Error(output);
  }

  /** Destroys stacks of the last scenario. */
  public async destroy(which = '--all', ...options: string[]): Promise<void> {
    const { code, output } = await this.cdk(['destroy', which, '--force', ...options]);
    if (code !== 0) throw new Error(output);
  }

  /** A topic as Kafka's own client sees it. */
  public async topic(name: string): Promise<TopicDescription | undefined> {
    return (await this.inspector()).topic(name);
  }

  public inspector(): Promise<Inspector> {
    this.inspecting ??= this.standIn.inspector();
    return this.inspecting;
  }

  /** The number of write requests, from the brokers' own metrics. */
  public async writes(): Promise<Record<string, number>> {
    const counts = await this.standIn.pool.requestCounts(this.standIn.clusters[0].clusterArn);
    const writes = ['CreateTopics', 'CreatePartitions', 'IncrementalAlterConfigs', 'AlterConfigs', 'DeleteTopics'];
    return Object.fromEntries(writes.map((request) => [request, counts[request] ?? 0]));
  }

  public async stackStatus(name: string): Promise<string | undefined> {
    return (await this.stack(name))?.StackStatus;
  }

  public async outputs(name: string): Promise<Record<string, string>> {
    const outputs = (await this.stack(name))?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  }

  /** The settings that an SDK client needs. */
  public aws() {
    const { AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SECRET_ACCESS_KEY } = this.standIn.environment();
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
    return { endpoint: this.standIn.emulator.url, region: AWS_REGION, credentials };
  }

  private async stack(name: string): Promise<Stack | undefined> {
    const client = new CloudFormationClient(this.aws());
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  }

  public async stop(): Promise<void> {
    await this.standIn.stop();
    fs.rmSync(this.output, { recursive: true, force: true });
  }

  /** Runs `cdk`. Without a scenario, it uses the app that was synthesized last. */
  private cdk(args: string[], scenario?: object): Promise<CdkResult> {
    const app = { ...this.app, output: this.output, environment: this.standIn.environment() };
    if (!scenario) return cdk({ ...app, isSynthesized: true }, args);
    return cdk({ ...app, context: { ...this.context, scenario: JSON.stringify(scenario) } }, args);
  }
}
