import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Dependencies point one way: web -> #protocol <- functions <- infra, and infra/local knows CloudFormation only. */
const mayNotImport = (...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group, message: 'Dependencies point one way.' }] }],
});

export default defineConfig(
  globalIgnores(['dist', 'cdk.out', 'out-tsc', '.angular', '.local', 'coverage', 'test-results']),
  { files: ['**/*.js', '**/*.cjs'], extends: [js.configs.recommended] },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', process: 'readonly', require: 'readonly' } },
  },
  {
    files: ['infra/local/samples/**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  {
    // Below no package.json of their own they are CommonJS on Lambda.
    files: ['infra/local/samples/{js-authorizer,sam-mapping}/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { exports: 'writable', require: 'readonly', Buffer: 'readonly' },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        project: [
          'functions/tsconfig.json',
          'infra/tsconfig.json',
          'web/tsconfig.spec.json',
          'web/e2e/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['web/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      // Since 22 it is the default, and best-practices.md asks to leave it unwritten.
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'TaggedTemplateExpression[tag.name="$localize"]:not(:function *):not(PropertyDefinition *)',
          message: 'A module is evaluated before the translations are loaded: say it in a function.',
        },
      ],
      ...mayNotImport('**/functions/**', '**/infra/**', 'aws-*', '@aws-sdk/*'),
    },
  },
  {
    files: ['web/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['functions/**/*.ts'],
    rules: mayNotImport('**/web/**', '**/infra/**', 'aws-cdk-lib', 'aws-cdk-lib/*', '@angular/*'),
  },
  {
    files: ['infra/local/**/*.ts'],
    ignores: ['infra/local/**/*.spec.ts', 'infra/local/samples/**'],
    rules: mayNotImport('**/functions/**', '**/web/**', '#protocol', 'aws-cdk-lib', 'aws-cdk-lib/*'),
  },
  { files: ['functions/protocol/{protocol,invitation}.ts'], rules: mayNotImport('*') },
  prettier,
);
