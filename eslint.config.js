import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const typed = ['**/*.ts', '**/*.tsx']
const toolConfigs = ['*.config.ts', '*/vite.config.ts']
const nodeScripts = ['*.js', '*.cjs', 'scripts/**/*.mjs', '.ci/*.mjs']

/** Where time, randomness and ids come in through ports, so that a test can choose them. */
const deterministic = {
  files: ['backend/{contracts,domain,use-cases,presenters}/**/*.ts', 'nlp/**/*.ts'],
  ignores: ['nlp/cli/**'],
}
const chance = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'the clock'],
  ['CallExpression[callee.name="Date"]', 'the clock'],
  ['MemberExpression[object.name="Date"][property.name="now"]', 'the clock'],
  ['MemberExpression[object.name="performance"][property.name="now"]', 'the clock'],
  ['MemberExpression[object.name="Temporal"][property.name="Now"]', 'the clock'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'chance'],
  ['CallExpression[callee.name=/^random(Bytes|Int|UUID)$/]', 'chance'],
  ['CallExpression[callee.property.name=/^random(Bytes|Int|UUID)$/]', 'chance'],
].map(([selector, what]) => ({ selector, message: `Here ${what} comes in through a port.` }))
const exports = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only, so that a thing has one name.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
]

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/', 'seeds/', 'nlp/corpus/', 'tests/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Naming what is left out is how a rest without it is made.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Mongoose and Node type plain option objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Spreading a string into its code points is what text processing wants.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read in config.ts.' },
      ],
      'no-restricted-syntax': ['error', ...exports],
      'no-restricted-imports': [
        'error',
        {
          name: 'node:process',
          importNames: ['env'],
          message: 'The environment is read in config.ts.',
        },
      ],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: toolConfigs,
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-properties': 'off' },
  },
  { ...deterministic, rules: { 'no-restricted-syntax': ['error', ...exports, ...chance] } },
  {
    files: ['agent-console/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },

  {
    // main hands the environment to readConfig; nobody else sees it.
    files: ['backend/config.ts', 'backend/main.ts', 'demo/main.ts', 'tests/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: [
      'backend/main.ts',
      'backend/persistence/embedded/{server,*-command}.ts',
      'nlp/cli/**',
      'demo/**',
      'tests/bench/**',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['tests/**', '**/i18n/**'], rules: { 'max-lines': 'off' } },

  {
    files: nodeScripts,
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: nodeGlobals() },
    rules: { 'no-undef': 'error', '@typescript-eslint/no-require-imports': 'off' },
  },
)

function nodeGlobals() {
  const names = [
    'process',
    'console',
    'URL',
    'performance',
    'setTimeout',
    'clearTimeout',
    'fetch',
    'module',
  ]
  return Object.fromEntries(names.map((name) => [name, 'readonly']))
}
