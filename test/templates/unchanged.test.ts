import fs from 'node:fs';
import { EXAMPLES } from '../../testkit/examples';
import { type Digests, digestsOfApp, STORED_DIGESTS } from '../../testkit/template-digests';
import { defineKinds } from '../../testkit/kinds-stack';

const APPS = [...EXAMPLES, { name: 'kinds', define: defineKinds }];

const readStored = () => JSON.parse(fs.readFileSync(STORED_DIGESTS, 'utf8')) as Record<string, Digests>;

describe('The templates of every example', () => {
  test.each(APPS)('are what they were before, resource by resource: $name', ({ define, name }) => {
    expect(digestsOfApp(define)).toEqual(readStored()[name]);
  });
});
