import js from '@eslint/js';
import cdk from 'eslint-cdk-plugin';
import tseslint from 'typescript-eslint';

/** A test's body stays short; `describe` callbacks may be long, so the core rule cannot say it. */
const shortTests = {
  meta: { type: 'suggestion', schema: [], messages: { long: 'One test has {{lines}} lines; 30 are the limit.' } },
  create: (context) => ({
    'CallExpression[callee.name=/^(test|it)$/] > ArrowFunctionExpression'(node) {
      const lines = node.loc.end.line - node.loc.start.line + 1;
      if (lines > 30) context.report({ node, messageId: 'long', data: { lines } });
    },
  }),
};

const TOKENS = {
  name: 'aws-cdk-lib',
  importNames: ['Token', 'Tokenization'],
  message: 'Only lib/internal/validation.ts asks about tokens: use isKnown, isToken, known and the like.',
};

const limits = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 40 }],
  'max-params': ['error', 4],
  'max-depth': ['error', 3],
};

export default tseslint.config(
  { ignores: ['**/*.js', '**/*.d.ts', 'assets/**', 'dist/**', '.cache/**', '**/cdk.out/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      ...limits,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
    rules: limits,
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { cdk },
    rules: {
      ...cdk.configs.recommended.rules,
      'cdk/no-variable-construct-id': 'off', // topics and alarms are loops
      'cdk/no-unused-props': 'off', // it does not see a spread
      'cdk/require-passing-this': 'off', // factories and values that render get their scope
      'cdk/require-props-default-doc': 'error',
      'no-restricted-imports': ['error', { paths: [TOKENS] }],
    },
  },
  { files: ['lib/internal/validation.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['**/*-table.ts', 'lib/model/rules/catalog.ts', 'engine/error-codes.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['test/**/*.ts', 'testkit/**/*.ts'],
    plugins: { house: { rules: { 'short-tests': shortTests } } },
    rules: {
      'house/short-tests': 'error',
      'max-lines-per-function': 'off',
      // templates and answers are plain JSON
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
