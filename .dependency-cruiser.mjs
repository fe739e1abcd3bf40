// Who may import whom. `npm run lint` and the house tests hold it; types count as imports, too.
const TOOLS = '^(bench|bin|cli|examples|local|scripts|test|testkit)/';
const SDKS = '^node_modules/(aws-cdk-lib|constructs|@aws-sdk)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Files that import each other in a circle are one file, or a third is missing.',
      {},
      { circular: true },
    ),
    forbid(
      'lib-stands-alone',
      'lib imports neither engine, handlers nor tools.',
      { path: '^lib/' },
      { path: [TOOLS, '^(engine|lambda)/'] },
    ),
    forbid(
      'model-runs-everywhere',
      'The model runs at synthesis, in Lambda and in the command line, so it imports only itself.',
      { path: '^lib/model/' },
      { path: ['^(lib/(?!model/)|engine/|lambda/)', TOOLS, SDKS] },
    ),
    forbid(
      'engine-imports-the-model',
      'The engine imports only the model; handlers and command line import the engine.',
      { path: '^engine/' },
      { path: ['^(lib/(?!model/)|lambda/)', TOOLS, SDKS] },
    ),
    forbid(
      'handlers-import-engine-and-model',
      'A handler imports only the engine and the model.',
      { path: '^lambda/' },
      { path: ['^lib/(?!model/)', TOOLS, '^node_modules/(aws-cdk-lib|constructs)/'] },
    ),
    forbid(
      'no-climbs-in-handlers',
      'What lies deeper in a handler does not import what lies above it: a caller passes what is needed.',
      { path: '^lambda/(dispatcher|worker)/[^/]+/' },
      { path: '^lambda/$1/[^/]+[.]ts$' },
    ),
    forbid(
      'schemas-import-their-contract',
      'What checks schemas is bundled, and imports only its contract from lib.',
      { path: '^schemas/' },
      { path: ['^(engine|lambda)/', '^lib/(?!integrations/schemas/checker)', TOOLS, SDKS] },
    ),
    forbid(
      'testkit-below-tests',
      'Tests import the testkit, not the other way round.',
      { path: '^testkit/' },
      { path: '^test/' },
    ),
    forbid(
      'private-is-private',
      "Nobody imports another folder's private/.",
      { path: '^(.+)/' },
      { path: '^(.+)/private/', pathNot: '^$1(/|$)' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '[.]d[.]ts$' },
  },
};
