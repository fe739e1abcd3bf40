// Lets the Java library of each format judge schemas, and pairs of them, and keeps the verdicts. Not a part of the tests.
//   node scripts/schema-judges/run.mjs
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { avroPairs } from './avro-pairs.mjs';
import { corpus } from './corpus.mjs';
import { jsonPairs } from './json-pairs.mjs';
import { protoPairs } from './proto-pairs.mjs';

const folder = import.meta.dirname;
const jars = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-judges-'));

/** Lets a program judge the rows, and writes them with its verdicts. */
function judge(program, input, file) {
  const command = ['-cp', path.join(jars, '*'), path.join(folder, program)];
  const output = execFileSync('java', command, {
    input: JSON.stringify(input),
    maxBuffer: 1e8,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const text = String(output).replaceAll(/\/[^" ]*(?=schema\.proto)/g, ''); // folders differ from run to run
  const rows = JSON.parse(text).map((row) => JSON.stringify(row));
  fs.writeFileSync(path.join(folder, '../../test/unit/integrations', file), `[\n${rows.join(',\n')}\n]\n`);
  console.log(`${rows.length} rows in ${file}`);
}

try {
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const pom = path.join(folder, 'pom.xml');
  execFileSync('mvn', ['--quiet', '--batch-mode', '-f', pom, `-DoutputDirectory=${jars}`, copy], { stdio: 'inherit' });
  judge('Judges.java', corpus, 'schema-verdicts.json');
  judge('Pairs.java', [...avroPairs, ...jsonPairs, ...protoPairs], 'schema-compatibility-verdicts.json');
} finally {
  fs.rmSync(jars, { recursive: true });
}
