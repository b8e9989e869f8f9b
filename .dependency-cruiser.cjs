// The arrows of the house. Each rule is broken once in tests/boundaries.
const ours = '^(nlp|backend|agent-console|widgets|demo|tests|scripts)/'
const edges = 'http|telephony|realtime|jobs'
const backendRoot = '^backend/[^/]+\\.ts$'

/** `from` may import of ours only what `may` matches. */
const only = (name, comment, from, may) => ({
  name,
  severity: 'error',
  comment,
  from: typeof from === 'string' ? { path: from } : from,
  to: { path: ours, pathNot: may },
})

/** Of our product only `homes` may import the packages; tests may import what they like. */
const packageOnlyIn = (name, packages, homes) => ({
  name,
  severity: 'error',
  comment: `${packages.join(', ')}: only in ${homes.join(', ')}.`,
  from: { path: ours, pathNot: ['^tests/', ...homes] },
  to: { path: packages.map((each) => `(^|/)node_modules/(@types/)?${each}/`) },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other to run are one file, or a third is missing.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import nobody can follow is an arrow nobody can check.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages-in-production',
      severity: 'error',
      comment: 'What the server needs to run belongs in dependencies. (Browser code is bundled.)',
      from: { path: '^(nlp|backend|demo)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },

    only(
      'contracts-import-nothing',
      'What crosses the wire depends on nobody.',
      '^backend/contracts/',
      '^backend/contracts/',
    ),
    only(
      'domain-sees-contracts',
      'Rules are pure: no database, no HTTP, no reading of text.',
      '^backend/domain/',
      '^backend/(contracts|domain)/',
    ),
    only(
      'use-cases-see-domain',
      'A use case speaks to the outside through ports.',
      '^backend/use-cases/',
      '^backend/(contracts|domain|use-cases)/',
    ),
    only(
      'presenters-see-domain',
      'A presenter turns a domain value into a contract.',
      '^backend/presenters/',
      '^backend/(contracts|domain|presenters)/',
    ),
    only(
      'persistence-serves-ports',
      'Persistence implements the ports; it calls no use case.',
      '^backend/persistence/',
      '^backend/(contracts|domain|persistence)/|^backend/use-cases/ports(\\.ts$|/)',
    ),
    only(
      'edges-see-use-cases',
      'An edge parses, calls a use case, presents; it knows neither another edge nor the database.',
      { path: `^backend/(${edges})/` },
      '^backend/(contracts|domain|use-cases|presenters|$1)/',
    ),
    only(
      'app-sees-edges',
      'The app can be built without listening, around any ports: no database and no classifier.',
      '^backend/app\\.ts$',
      `^backend/(contracts|domain|use-cases|presenters|${edges})/|${backendRoot}`,
    ),
    only(
      'transformer-serves-its-port',
      'It turns a text into an opinion, and knows nothing of what is made of it.',
      '^backend/transformer/',
      '^backend/transformer/|^nlp/learning/opinion\\.ts$',
    ),
    {
      name: 'persistence-is-wired-at-the-root',
      severity: 'error',
      comment: 'Everybody else sees ports.',
      from: { path: ours, pathNot: [backendRoot, '^backend/persistence/', '^(demo|tests)/'] },
      to: { path: '^backend/persistence/' },
    },
    {
      name: 'main-is-the-end',
      severity: 'error',
      comment: 'main starts things; whoever imports it starts them too.',
      from: { path: ours, pathNot: ['^(demo|tests)/'] },
      to: { path: '^backend/main\\.ts$' },
    },

    only('nlp-imports-nothing', 'Text in, labels out.', '^nlp/', '^nlp/'),
    {
      name: 'nlp-core-is-pure',
      severity: 'error',
      comment: 'The core reads no file, no clock and no network, and does not know its own tools.',
      from: { path: '^nlp/', pathNot: '^nlp/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nlp-core-without-its-tools',
      severity: 'error',
      comment: 'The command line is made of the core, not the other way round.',
      from: { path: '^nlp/', pathNot: '^nlp/cli/' },
      to: { path: '^nlp/cli/' },
    },
    {
      name: 'nlp-is-wired-at-the-root',
      severity: 'error',
      comment: 'The backend knows ports.understand; main plugs the classifier in.',
      from: {
        path: ours,
        pathNot: [
          '^nlp/',
          '^backend/(main|understanding)\\.ts$',
          '^backend/transformer/',
          '^(demo|tests)/',
        ],
      },
      to: { path: '^nlp/' },
    },

    only(
      'console-sees-contracts',
      'The console knows the server by its contracts.',
      '^agent-console/',
      '^(agent-console|backend/contracts)/',
    ),
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      comment: 'What two features share goes to components or lib.',
      from: { path: '^agent-console/features/([^/]+)/' },
      to: { path: '^agent-console/features/', pathNot: '^agent-console/features/$1/' },
    },
    {
      name: 'shared-console-knows-no-feature',
      severity: 'error',
      comment: 'shared ← features ← app.',
      from: { path: '^agent-console/(components|lib|i18n)/' },
      to: { path: '^agent-console/', pathNot: '^agent-console/(components|lib|i18n)/' },
    },
    {
      name: 'features-do-not-know-the-app',
      severity: 'error',
      comment: 'shared ← features ← app.',
      from: { path: '^agent-console/features/' },
      to: {
        path: '^agent-console/',
        pathNot: '^agent-console/(features|components|lib|i18n)/',
      },
    },
    only(
      'widgets-see-contracts',
      'A widget knows the server by its contracts.',
      '^widgets/',
      '^(widgets|backend/contracts)/',
    ),
    {
      name: 'widgets-take-types-only',
      severity: 'error',
      comment: 'A contract imported as a value would ship zod to every stranger’s page.',
      from: { path: '^widgets/' },
      to: { path: '^backend/contracts/', dependencyTypesNot: ['type-only'] },
    },

    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nobody-imports-the-demo',
      severity: 'error',
      from: { pathNot: '^(demo|tests)/' },
      to: { path: '^demo/' },
    },

    packageOnlyIn(
      'mongodb-only-in-persistence',
      ['mongoose', 'mongodb', 'bson', 'lmdb', 'mingo'],
      ['^backend/persistence/'],
    ),
    {
      name: 'better-auth-adapter-only-in-persistence',
      severity: 'error',
      comment: 'Where staff accounts are kept is persistence’s business.',
      from: { path: ours, pathNot: ['^tests/', '^backend/persistence/'] },
      to: {
        path: '(^|/)node_modules/(better-auth/dist/adapters|@better-auth/[^/]*adapter[^/]*)/',
      },
    },
    packageOnlyIn(
      'twilio-only-in-telephony',
      ['twilio'],
      ['^backend/telephony/', '^demo/telephone/'],
    ),
    packageOnlyIn('socket-server-only-in-realtime', ['socket\\.io'], ['^backend/realtime/']),
    packageOnlyIn(
      'socket-client-only-in-console-lib',
      ['socket\\.io-client'],
      ['^agent-console/lib/'],
    ),
    packageOnlyIn(
      'express-only-at-the-edge',
      ['express'],
      ['^backend/(http|telephony)/', '^backend/app\\.ts$'],
    ),
    packageOnlyIn('natural-only-in-nlp', ['natural'], ['^nlp/']),
    packageOnlyIn(
      'transformers-only-in-their-folder',
      ['@huggingface/tokenizers', 'onnxruntime-[^/]+'],
      ['^backend/transformer/'],
    ),
    {
      name: 'natural-never-by-its-root',
      severity: 'error',
      comment: 'Its root loads mongoose, pg and redis: import one file by its deep path.',
      from: { path: ours },
      to: { path: '(^|/)node_modules/natural/lib/natural/index\\.(js|d\\.ts)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
