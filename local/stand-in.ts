import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Emulator, type EmulatorOptions, type Place } from './emulator/emulator';
import { ensureCertificates } from './kafka/certificates';
import { type ControlServer, startControlServer } from './kafka/control-server';
import type { Inspector } from './kafka/inspector';
import { BrokerPool, type LeasedSet } from './kafka/pool';

export const CACHE_ROOT = path.resolve(__dirname, '../.cache');

/** The Apache release behind the library's default version of Kafka. */
export const DEFAULT_KAFKA = '3.9.2';

export interface StandInOptions extends Pick<
  EmulatorOptions,
  'account' | 'region' | 'customResourceTimeoutSeconds' | 'unkind'
> {
  /**
   * Number of broker sets to start in advance, so that the first clusters need not wait for their brokers.
   *
   * @default 1
   */
  readonly spares?: number;
}

/** Emulates as much of AWS as this library needs, on loopback, with real Kafka brokers behind every MSK cluster. */
export class StandIn {
  public static async start({ spares, ...ofEmulator }: StandInOptions = {}): Promise<StandIn> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-stand-in-'));
    const sharedDir = path.join(dir, 'shared');
    await ensureCertificates(path.join(sharedDir, 'ca')); // functions load it when they start
    const pool = BrokerPool.start({
      dir: path.join(dir, 'sets'),
      sharedDir,
      cacheRoot: CACHE_ROOT,
      spares,
    });
    const control = await startControlServer(pool);
    try {
      const emulator = await Emulator.start({ sharedDir, brokersUrl: control.url, ...ofEmulator });
      return new StandIn(dir, { pool, control, emulator });
    } catch (error) {
      await pool.stop();
      await control.close();
      throw error;
    }
  }

  private constructor(
    private readonly dir: string,
    private readonly parts: { readonly pool: BrokerPool; readonly control: ControlServer; readonly emulator: Emulator },
  ) {}

  public get emulator(): Emulator {
    return this.parts.emulator;
  }

  public get pool(): BrokerPool {
    return this.parts.pool;
  }

  /** The brokers of each deployed cluster. */
  public get clusters(): LeasedSet[] {
    return this.parts.pool.list();
  }

  /** Folder with the PEM files of the certificate authority and the client certificates. */
  public get certificatesDir(): string {
    return path.join(this.dir, 'shared', 'ca');
  }

  /** Environment variables for `cdk` and SDK clients, without any of the caller's own AWS settings. */
  public environment(place: Partial<Place> = {}): Record<string, string> {
    const own = Object.entries(process.env).filter(
      (entry): entry is [string, string] => !entry[0].startsWith('AWS_') && entry[1] !== undefined,
    );
    return { ...Object.fromEntries(own), ...this.emulator.environment(place) };
  }

  /** Kafka's own client, to verify the state of a cluster independently. It stops with the cluster. */
  public inspector(clusterArn = this.clusters[0]?.clusterArn): Promise<Inspector> {
    return Promise.resolve(this.parts.pool.inspector(clusterArn));
  }

  /** Ends every process and removes all files. */
  public async stop(): Promise<void> {
    const { control, emulator, pool } = this.parts;
    await emulator.stop();
    await pool.stop();
    await control.close();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}
