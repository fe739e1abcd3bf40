import fs from 'node:fs/promises';
import path from 'node:path';
import { exists, replaceFile } from '../files';

/** An access key, the role that it belongs to, and the policy of that role. */
export interface IamPrincipal {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only for the keys of an assumed role. */
  readonly sessionToken?: string;
  readonly role: string;
  /**
   * Policy document of the role.
   *
   * @default - the role keeps its policy
   */
  readonly policy?: PolicyDocument;
  /**
   * @default 111122223333
   */
  readonly account?: string;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: unknown;
}

const keysFile = (sharedDir: string) => path.join(sharedDir, 'iam.properties');
const policiesDir = (sharedDir: string) => path.join(sharedDir, 'iam-policies');

/** Creates the files that brokers read, unless they exist. */
export async function ensureIamFiles(sharedDir: string): Promise<void> {
  await fs.mkdir(policiesDir(sharedDir), { recursive: true });
  if (!(await exists(keysFile(sharedDir)))) await replaceFile(keysFile(sharedDir), '');
}

/** Adds a key. Brokers accept it from the next token on. */
export async function addIamPrincipal(sharedDir: string, principal: IamPrincipal): Promise<void> {
  const { accessKeyId, account = '111122223333', policy, role, secretAccessKey, sessionToken } = principal;
  const arn = `arn:aws:sts::${account}:assumed-role/${role}/session`;
  if (policy) await putRolePolicy(sharedDir, role, policy);
  const line = [`${accessKeyId}=${secretAccessKey}`, arn, ...(sessionToken ? [sessionToken] : [])].join('|');
  await replaceFile(keysFile(sharedDir), `${await otherKeys(sharedDir, accessKeyId)}${line}\n`);
}

/** Removes a key. Brokers refuse new connections with it. */
export async function removeIamPrincipal(sharedDir: string, accessKeyId: string): Promise<void> {
  await replaceFile(keysFile(sharedDir), await otherKeys(sharedDir, accessKeyId));
}

/** Sets the policy of a role, effective from the next request. */
export async function putRolePolicy(sharedDir: string, role: string, policy: PolicyDocument): Promise<void> {
  await replaceFile(path.join(policiesDir(sharedDir), `${role}.json`), JSON.stringify(policy));
}

async function otherKeys(sharedDir: string, accessKeyId: string): Promise<string> {
  const lines = (await fs.readFile(keysFile(sharedDir), 'utf8')).split('\n').filter((line) => line !== '');
  return lines
    .filter((line) => !line.startsWith(`${accessKeyId}=`))
    .map((line) => `${line}\n`)
    .join('');
}
