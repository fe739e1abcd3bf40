// Lets the Java library of each format judge the corpus, and keeps the verdicts. Not a part of the tests.
//   node scripts/schema-judges/run.mjs
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { corpus } from './corpus.mjs';

const folder = import.meta.dirname;
const VERDICTS = path.join(folder, '../../test/unit/integrations/schema-verdicts.json');
const jars = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-msk-judges-'));
try {
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const pom = path.join(folder, 'pom.xml');
  execFileSync('mvn', ['--quiet', '--batch-mode', '-f', pom, `-DoutputDirectory=${jars}`, copy], { stdio: 'inherit' });
  const judge = ['-cp', path.join(jars, '*'), path.join(folder, 'Judges.java')];
  const output = execFileSync('java', judge, {
    input: JSON.stringify(corpus),
    maxBuffer: 1e8,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const text = String(output).replaceAll(/\/[^" ]*(?=schema\.proto)/g, ''); // folders differ from run to run
  const rows = JSON.parse(text).map((row) => JSON.stringify(row));
  fs.writeFileSync(VERDICTS, `[\n${rows.join(',\n')}\n]\n`);
  console.log(`${rows.length} schemas`);
} finally {
  fs.rmSync(jars, { recursive: true });
}
