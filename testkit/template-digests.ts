import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { EXAMPLES } from './examples';
import { defineKinds } from './kinds-stack';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Template {
  readonly Resources: Record<string, Json>;
  readonly Outputs?: Record<string, Json>;
}

/** Properties with texts that may be reworded, since CloudFormation changes them in place, by resource type. */
const WORDS: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmDescription',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmDescription',
  'AWS::Events::Rule': 'Description',
  'AWS::Lambda::Function': 'Description',
  'AWS::Scheduler::Schedule': 'Description',
};

/** The file that `npm run record:templates` writes, and that a test compares with. */
export const STORED_DIGESTS = path.join(__dirname, '../test/templates/template-digests.json');

/** The apps whose templates are compared: all examples, and one cluster of each kind. */
export const COMPARED_APPS = [...EXAMPLES, { name: 'kinds', define: defineKinds }];

/**
 * The flags of a new app, except for the CDK's validator, which does not know authorizer logs. No function is
 * bundled.
 */
const CONTEXT = { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': false, 'aws:cdk:bundling-stacks': [] };

/** Synthesizes an app with the flags of a new app, and returns fingerprints of its templates. */
export function digestsOfApp(define: (app: App) => void): Digests {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-digests-'));
  try {
    const app = new App({ outdir, context: CONTEXT, analyticsReporting: false });
    define(app);
    app.synth();
    const templates = fs.readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
    return digestsOf(templates.map((file) => path.join(outdir, file)));
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** Fingerprints by template and logical ID. */
export type Digests = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A short fingerprint of each resource and output, by template and logical ID. Asset hashes, rewordable texts, and what
 * another version of the CDK renders differently do not count.
 */
function digestsOf(templates: readonly string[]): Digests {
  return Object.fromEntries(
    templates.map((file) => {
      const { Outputs = {}, Resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as Template;
      const entries = Object.entries({ ...Resources, ...Outputs }).map(([id, one]) => [id, digest(one)] as const);
      return [path.basename(file), Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))];
    }),
  );
}

/** Newer versions of the CDK give it to every text widget of a dashboard. The others leave it out. */
const NEW_BACKGROUND = String.raw`,\"background\":\"transparent\"`;

function digest(resource: Json): string {
  const text = JSON.stringify(sorted(withoutWords(resource)));
  return createHash('sha256')
    .update(text.replace(/[0-9a-f]{64}/g, 'ASSET').replaceAll(NEW_BACKGROUND, ''))
    .digest('hex')
    .slice(0, 12);
}

function withoutWords(resource: Json): Json {
  const { Metadata, Properties, Type, ...rest } = resource as { [key: string]: Json };
  void Metadata; // paths of assets and constructs, which no stack acts on
  if (typeof Properties !== 'object' || Properties === null || Array.isArray(Properties)) return { Type, ...rest };
  const words = WORDS[Type as string];
  return { Type, ...rest, Properties: { ...Properties, ...(words && { [words]: '…' }) } };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
