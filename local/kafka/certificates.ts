import { webcrypto } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import './private/reflect'; // before the library, which needs it when it loads
import * as x509 from '@peculiar/x509';
import { makeWhole } from '../files';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const RSA_ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };
const VALID_DAYS = 365;

/** PEM files. All except that of the authority contain a private key (PKCS#8) and its certificate. */
export interface Certificates {
  readonly dir: string;
  /** Certificate of the authority, for `NODE_EXTRA_CA_CERTS` and trust stores. */
  readonly ca: string;
  readonly broker: string;
  /** Client `CN=admin`, which is a super user of every set. */
  readonly admin: string;
  /** Client `CN=app`, which is subject to Kafka ACLs. */
  readonly app: string;
  /** Client `CN=rsa`, like `CN=app` but with an RSA key, since only RSA keys can be written as PKCS#1. */
  readonly rsa: string;
}

interface Authority {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly certificate: x509.X509Certificate;
}

interface Subject {
  readonly name: string;
  readonly usages: readonly string[];
  readonly alternativeNames?: x509.JsonGeneralNames;
  readonly hasRsaKey?: boolean;
}

const SUBJECTS: Record<'broker' | 'admin' | 'app' | 'rsa', Subject> = {
  broker: {
    name: 'CN=broker',
    usages: [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
    alternativeNames: [
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ],
  },
  admin: { name: 'CN=admin', usages: [x509.ExtendedKeyUsage.clientAuth] },
  app: { name: 'CN=app', usages: [x509.ExtendedKeyUsage.clientAuth] },
  rsa: { name: 'CN=rsa', usages: [x509.ExtendedKeyUsage.clientAuth], hasRsaKey: true },
};

/**
 * Creates a certificate authority and its certificates in a folder, unless they exist. All broker sets share them, so a
 * process that was started with this authority trusts brokers that are started later.
 */
export async function ensureCertificates(dir: string): Promise<Certificates> {
  await makeWhole(dir, make);
  const file = (name: string) => path.join(dir, `${name}.pem`);
  const clients = { admin: file('admin'), app: file('app'), rsa: file('rsa') };
  return { dir, ca: file('ca'), broker: file('broker'), ...clients };
}

async function make(dir: string): Promise<void> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=cdk-msk stand-in authority',
    keys,
    ...validity(),
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  await fs.writeFile(path.join(dir, 'ca.pem'), certificate.toString('pem'));
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    await fs.writeFile(path.join(dir, `${name}.pem`), await issue({ keys, certificate }, subject), { mode: 0o600 });
  }
}

async function issue(authority: Authority, subject: Subject): Promise<string> {
  const keys = await newKeys(subject.hasRsaKey ? RSA_ALGORITHM : KEY_ALGORITHM);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: subject.name,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    ...validity(),
    extensions: [
      new x509.ExtendedKeyUsageExtension([...subject.usages]),
      ...(subject.alternativeNames ? [new x509.SubjectAlternativeNameExtension(subject.alternativeNames)] : []),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`;
}

function newKeys(
  algorithm: typeof KEY_ALGORITHM | typeof RSA_ALGORITHM = KEY_ALGORITHM,
): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function validity() {
  const day = 24 * 3_600_000;
  // an hour ago, for containers whose clocks lag
  const notBefore = new Date(Date.now() - 3_600_000);
  return { signingAlgorithm: SIGNING_ALGORITHM, notBefore, notAfter: new Date(Date.now() + VALID_DAYS * day) };
}
