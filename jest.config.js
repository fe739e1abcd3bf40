const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { decoratorVersion: '2022-03' },
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** One project a layer; see "Tests" in CONTRIBUTING.md for what each needs. */
const layer = (displayName, folders, extra = {}) => ({
  displayName,
  roots: folders.map((folder) => `<rootDir>/test/${folder}`),
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest', // outlives the temporary folders of a run
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'], // ts first: jsii leaves lib/*.js next to lib/*.ts
  transform,
  ...extra,
});

/** Examples import the library by its name. */
const AS_USERS_DO = { '^cdk-msk$': '<rootDir>/lib' };

/** Replaces the CDK of package.json by the one of test/newest-cdk, which scripts/setup.mjs installs. */
const ON_NEWEST_CDK = {
  '^(aws-cdk-lib|constructs|@aws-cdk/aws-msk-alpha)((/.*)?)$': '<rootDir>/.cache/newest-cdk/node_modules/$1$2',
};

module.exports = {
  testTimeout: 480_000, // a first run fetches what it needs
  projects: [
    layer('unit', ['unit']),
    layer('house', ['house'], { moduleNameMapper: AS_USERS_DO }),
    layer('templates', ['templates'], { moduleNameMapper: AS_USERS_DO }),
    layer('newest-unit', ['unit', 'newest-cdk'], { moduleNameMapper: ON_NEWEST_CDK }),
    layer('newest-templates', ['templates'], { moduleNameMapper: { ...AS_USERS_DO, ...ON_NEWEST_CDK } }),
    layer('broker', ['broker']),
    layer('stand-in', ['stand-in']),
    layer('e2e', ['e2e']),
    layer('package', ['package']),
  ],
};
