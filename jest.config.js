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

module.exports = {
  testTimeout: 480_000, // a first run fetches what it needs
  projects: [
    layer('unit', ['unit']),
    layer('house', ['house'], { moduleNameMapper: AS_USERS_DO }),
    layer('templates', ['templates'], { moduleNameMapper: AS_USERS_DO }),
    layer('broker', ['broker']),
    layer('stand-in', ['stand-in']),
    layer('e2e', ['e2e']),
    layer('package', ['package']),
  ],
};
