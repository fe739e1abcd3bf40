import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeWhole } from '../files';

const run = promisify(execFile);

const POM = path.join(__dirname, 'pom.xml');
const SOURCES = path.join(__dirname, 'java');
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Files that a JVM of this Kafka version is started with. */
export interface Artifacts {
  /** Kafka's jars and the jar of this folder's Java classes. */
  readonly classpath: string;
  /** Class-data archive of the brokers, which halves their start time. It is written when a set shuts down cleanly. */
  readonly archive: string;
  /** The same for Kafka's clients, see class-data.ts. */
  readonly clientArchive: string;
}

export interface ArtifactsOptions {
  /** Folder for everything that is downloaded or compiled, such as `<repo>/.cache`. */
  readonly cacheRoot: string;
  /** An Apache Kafka release, such as 3.9.2. */
  readonly kafkaVersion: string;
}

const underway = new Map<string, Promise<Artifacts>>();

/** Downloads Kafka and compiles the Java classes, unless a folder for the same version, pom and sources exists. */
export function prepareArtifacts(options: ArtifactsOptions): Promise<Artifacts> {
  const key = `${options.cacheRoot} ${options.kafkaVersion}`;
  const running = underway.get(key) ?? prepare(options).finally(() => underway.delete(key));
  underway.set(key, running);
  return running;
}

/** JVM options to use the first class-data archive that exists. The JVM ignores an archive that it cannot use. */
export function sharing(...archives: readonly string[]): string[] {
  const archive = archives.find((file) => fs.existsSync(file));
  return archive ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto'] : [];
}

/**
 * Kafka reads a PEM key through an in-memory key store, which encrypts and decrypts the key with 10,000 rounds for each
 * listener. That takes a third of a broker's start. No other process sees that memory, so one round is enough.
 */
export const QUICK_KEY_STORES = '-Dkeystore.pkcs12.keyPbeIterationCount=1';

/** The `java`, `javac` or `jar` of `JAVA_HOME` if it is set, otherwise of the `PATH`. */
export function javaTool(name: string): string {
  return process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', name) : name;
}

async function prepare({ cacheRoot, kafkaVersion }: ArtifactsOptions): Promise<Artifacts> {
  const sources = (await fs.promises.readdir(SOURCES)).sort().map((file) => path.join(SOURCES, file));
  const folder = path.join(cacheRoot, 'kafka', `${kafkaVersion}-${await hashOf([POM, ...sources])}`);
  await makeWhole(folder, (aside) => fill(aside, kafkaVersion, sources));
  const lib = path.join(folder, 'lib');
  const jars = (await fs.promises.readdir(lib)).sort().map((jar) => path.join(lib, jar));
  const classpath = jars.join(path.delimiter);
  const key = await archiveKey(jars);
  return {
    classpath,
    archive: path.join(folder, `broker-${key}.jsa`),
    clientArchive: path.join(folder, `client-${key}.jsa`),
  };
}

/** Depends on the JVM and on the jars, since a JVM refuses an archive of another version or of jars that changed. */
async function archiveKey(jars: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(await javaVersion());
  for (const jar of jars) hash.update(`${jar} ${(await fs.promises.stat(jar)).mtimeMs}\n`);
  return hash.digest('hex').slice(0, 12);
}

let asked: Promise<string> | undefined;

function javaVersion(): Promise<string> {
  asked ??= tool(javaTool('java'), ['-version']);
  return asked;
}

async function fill(folder: string, kafkaVersion: string, sources: readonly string[]): Promise<void> {
  const lib = path.join(folder, 'lib');
  const classes = path.join(folder, 'classes');
  const maven = ['-q', '-B', '-f', POM, `-Dkafka.version=${kafkaVersion}`, COPY_DEPENDENCIES];
  await tool('mvn', [...maven, '-DincludeScope=runtime', `-DoutputDirectory=${lib}`]);
  await tool(javaTool('javac'), ['--release', '17', '-cp', path.join(lib, '*'), '-d', classes, ...sources]);
  // a jar, since class-data sharing does not support folders of classes
  await tool(javaTool('jar'), ['cf', path.join(lib, 'cdkmsk-standin.jar'), '-C', classes, '.']);
  await fs.promises.rm(classes, { recursive: true });
}

/** Returns the output of the command. */
async function tool(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stderr, stdout } = await run(command, args, { maxBuffer: 16 * 1024 * 1024 });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim() || message;
    throw new Error(`${command} failed (JDK 17 or later and Maven are required): ${said.slice(-2_000)}`, {
      cause: error,
    });
  }
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await fs.promises.readFile(file));
  return hash.digest('hex').slice(0, 12);
}
