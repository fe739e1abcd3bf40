// Records the fingerprints of all examples' templates, which test/templates/unchanged.test.ts compares with: for a change that is meant.
import fs from 'node:fs';
import { EXAMPLES } from '../testkit/examples';
import { digestsOfApp, STORED_DIGESTS } from '../testkit/template-digests';
import { defineKinds } from '../testkit/kinds-stack';

const apps = [...EXAMPLES, { name: 'kinds', define: defineKinds }];
const digests = Object.fromEntries(apps.map(({ define, name }) => [name, digestsOfApp(define)]));
fs.writeFileSync(STORED_DIGESTS, `${JSON.stringify(digests, undefined, 2)}\n`);
