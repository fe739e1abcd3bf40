// Records the fingerprints of the examples' templates for test/templates/unchanged.test.ts. Run it after an intended change.
import fs from 'node:fs';
import { COMPARED_APPS, digestsOfApp, STORED_DIGESTS } from '../testkit/template-digests';

const digests = Object.fromEntries(COMPARED_APPS.map(({ define, name }) => [name, digestsOfApp(define)]));
fs.writeFileSync(STORED_DIGESTS, `${JSON.stringify(digests, undefined, 2)}\n`);
