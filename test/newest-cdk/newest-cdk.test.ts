import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as alpha from '@aws-cdk/aws-msk-alpha';
import { version } from 'aws-cdk-lib/package.json';
import { dependencies } from './package.json';
import { devDependencies, peerDependencies } from '../../package.json';
import { KafkaVersion } from '../../lib';
import { versionFact } from '../../lib/model/fact-lookups';
import { ROOT } from '../../testkit/native';

const alphaFolder = path.dirname(require.resolve('@aws-cdk/aws-msk-alpha/package.json'));
const comparison = fs.readFileSync(path.join(ROOT, 'docs/comparison.md'), 'utf8');

/** The public names of the alpha, except for versions and the values of enums. */
function namesOfAlpha(): string[] {
  const files = fs.readdirSync(path.join(alphaFolder, 'lib')).filter((file) => file.endsWith('.d.ts'));
  const text = files.map((file) => fs.readFileSync(path.join(alphaFolder, 'lib', file), 'utf8')).join('\n');
  const types = text.matchAll(/^export (?:declare )?(?:abstract )?(?:class|enum|interface) (\w+)/gm);
  const members = text.matchAll(/^ {4}(?:static )?(?:readonly |get )?([a-zA-Z]\w*)(?:\?:|:|\()/gm);
  return [...new Set([...types, ...members].map(([, name]) => name))].filter(
    (name) => name !== 'constructor' && !/^V\d/.test(name),
  );
}

describe('The layers on the newest CDK', () => {
  test('run on it, and the other layers on the oldest that users may have', () => {
    expect(version).toBe(dependencies['aws-cdk-lib']);
    expect(peerDependencies['aws-cdk-lib']).toBe(`^${devDependencies['aws-cdk-lib']}`);
    expect(version).not.toBe(devDependencies['aws-cdk-lib']);
    const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    expect(readme).toContain(`the tests run on ${devDependencies['aws-cdk-lib']} and ${version}`);
  });

  test('find the library compiled against it', () => {
    const { stdout } = spawnSync('tsc', ['-p', __dirname], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describe('The versions of Kafka', () => {
  test('include those of the alpha that AWS supports', () => {
    const supported = Object.entries(alpha.KafkaVersion as unknown as Record<string, { version: string }>)
      .map(([name, { version: kafka }]) => ({ name, fact: versionFact(kafka) }))
      .filter(({ fact }) => !fact?.endOfSupport);
    expect(supported.map(({ name }) => name).filter((name) => !(name in KafkaVersion))).toEqual([]);
    expect(supported).not.toEqual([]);
  });
});

describe('The comparison with the alpha', () => {
  test('is made with the newest one', () => {
    expect(comparison).toContain(
      `\`@aws-cdk/aws-msk-alpha\` ${dependencies['@aws-cdk/aws-msk-alpha'].replace(/-.*/, '')}`,
    );
  });

  test('says of each of its names what is here in its place', () => {
    expect(namesOfAlpha().filter((name) => !new RegExp(`\\b${name}\\b`).test(comparison))).toEqual([]);
  });
});
