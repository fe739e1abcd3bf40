import fs from 'node:fs';
import { COMPARED_APPS, type Digests, digestsOfApp, STORED_DIGESTS } from '../../testkit/template-digests';

// the other suites of this layer validate the same templates
process.env.CDK_VALIDATION = 'false';

const readStored = () => JSON.parse(fs.readFileSync(STORED_DIGESTS, 'utf8')) as Record<string, Digests>;

describe('The templates of every example', () => {
  test.each(COMPARED_APPS)('are what they were before, resource by resource: $name', ({ define, name }) => {
    expect(digestsOfApp(define)).toEqual(readStored()[name]);
  });
});
