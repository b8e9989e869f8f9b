import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import type { ICruiseOptions, ICruiseResult, IConfiguration } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration

/** One file that breaks one rule: where it stands, what it says. */
type Plant = readonly [rule: string, file: string, text: string]

const plants: readonly Plant[] = [
  ['no-unresolvable', 'backend/domain/lost.ts', `import '#domain/nowhere'`],
  ['no-development-packages-in-production', 'backend/http/dev.ts', `import 'axe-core'`],
  ['contracts-import-nothing', 'backend/contracts/bad.ts', `import type {} from '#domain/ok'`],
  ['domain-sees-contracts', 'backend/domain/bad.ts', `import '#use-cases/ports'`],
  ['domain-sees-contracts', 'backend/domain/bad-config.ts', `import '#backend/config'`],
  ['use-cases-see-domain', 'backend/use-cases/bad.ts', `import '#presenters/ok'`],
  ['use-cases-see-domain', 'backend/use-cases/bad-edge.ts', `import { a } from '../http/ok.ts'; a`],
  ['presenters-see-domain', 'backend/presenters/bad.ts', `import '#use-cases/ok'`],
  ['persistence-serves-ports', 'backend/persistence/bad.ts', `import '#use-cases/ok'`],
  ['edges-see-use-cases', 'backend/http/bad.ts', `import '#realtime/ok'`],
  ['edges-see-use-cases', 'backend/telephony/bad.ts', `import '#jobs/ok'`],
  ['edges-see-use-cases', 'backend/realtime/bad.ts', `import '#backend/config'`],
  ['edges-see-use-cases', 'backend/jobs/bad.ts', `import '#http/ok'`],
  ['app-sees-edges', 'backend/app.ts', `import '#persistence/ok'`],
  ['persistence-is-wired-at-the-root', 'backend/new-folder/bad.ts', `import '#persistence/ok'`],
  ['main-is-the-end', 'backend/restart.ts', `import './main.ts'`],
  ['nlp-imports-nothing', 'nlp/bad.ts', `import type {} from '#contracts/ok'`],
  ['nlp-imports-nothing', 'nlp/cli/bad.ts', `import '#domain/ok'`],
  ['nlp-core-is-pure', 'nlp/text/bad.ts', `import 'node:fs'`],
  ['nlp-core-without-its-tools', 'nlp/tools.ts', `import './cli/ok.ts'`],
  ['nlp-is-wired-at-the-root', 'backend/seeds.ts', `import '#nlp/ok'`],
  ['transformer-serves-its-port', 'backend/transformer/bad.ts', `import '#nlp/ok'`],
  ['console-sees-contracts', 'agent-console/lib/bad.ts', `import '#domain/ok'`],
  [
    'features-do-not-import-each-other',
    'agent-console/features/case/bad.ts',
    `import '../inbox/ok.ts'`,
  ],
  [
    'shared-console-knows-no-feature',
    'agent-console/components/bad.ts',
    `import '../features/inbox/ok.ts'`,
  ],
  [
    'features-do-not-know-the-app',
    'agent-console/features/case/bad-app.ts',
    `import '../../app/ok.ts'`,
  ],
  ['widgets-see-contracts', 'widgets/bad.ts', `import type {} from '#domain/ok'`],
  ['widgets-take-types-only', 'widgets/bad-value.ts', `import { a } from '#contracts/ok'; a`],
  ['nobody-imports-tests', 'demo/bad.ts', `import '../tests/ok.ts'`],
  ['nobody-imports-the-demo', 'scripts/bad.mjs', `import '../demo/ok.ts'`],
  ['mongodb-only-in-persistence', 'backend/jobs/mongoose.ts', `import type {} from 'mongoose'`],
  ['mongodb-only-in-persistence', 'backend/domain/bson.ts', `import 'bson'`],
  [
    'better-auth-adapter-only-in-persistence',
    'backend/http/accounts.ts',
    `import 'better-auth/adapters/mongodb'`,
  ],
  ['twilio-only-in-telephony', 'backend/use-cases/twilio.ts', `import 'twilio'`],
  ['socket-server-only-in-realtime', 'backend/http/sockets.ts', `import 'socket.io'`],
  [
    'socket-client-only-in-console-lib',
    'agent-console/features/inbox/sockets.ts',
    `import 'socket.io-client'`,
  ],
  ['express-only-at-the-edge', 'backend/realtime/express.ts', `import type {} from 'express'`],
  ['natural-only-in-nlp', 'backend/natural.ts', `import 'natural/lib/natural/util/index.js'`],
  ['natural-never-by-its-root', 'nlp/natural.ts', `import 'natural'`],
  ['transformers-only-in-their-folder', 'nlp/tokens.ts', `import '@huggingface/tokenizers'`],
]

/** What every arrow may do: none of this may be reported. */
const lawful: Readonly<Record<string, string>> = {
  'backend/contracts/ok.ts': `import 'zod'; export const a = 1`,
  'backend/domain/ok.ts': `import '#contracts/ok'`,
  'backend/use-cases/ports.ts': `import '#domain/ok'`,
  'backend/use-cases/ok.ts': `import './ports.ts'`,
  'backend/presenters/ok.ts': `import '#domain/ok'`,
  'backend/persistence/ok.ts': `import '#use-cases/ports'; import 'mongoose'`,
  'backend/http/ok.ts': `import '#use-cases/ok'; import '#presenters/ok'; import 'express'; export const a = 1`,
  'backend/telephony/ok.ts': `import '#use-cases/ok'; import 'twilio'`,
  'backend/realtime/ok.ts': `import '#use-cases/ok'; import 'socket.io'`,
  'backend/jobs/ok.ts': `import '#use-cases/ok'`,
  'backend/config.ts': `import 'zod'`,
  'backend/transformer/ok.ts': `import '#nlp/learning/opinion'; import '@huggingface/tokenizers'`,
  'backend/understanding.ts': `import '#nlp/ok'; import './transformer/ok.ts'`,
  'backend/main.ts': `import '#persistence/ok'; import './understanding.ts'; import './app.ts'`,
  'nlp/ok.ts': `import 'natural/lib/natural/util/index.js'`,
  'nlp/learning/opinion.ts': `export type Opinion = number`,
  'nlp/cli/ok.ts': `import '../ok.ts'; import 'node:fs'`,
  'agent-console/lib/ok.ts': `import '#contracts/ok'; import 'socket.io-client'`,
  'agent-console/components/ok.ts': `import '../lib/ok.ts'`,
  'agent-console/features/inbox/ok.ts': `import '../../components/ok.ts'; import './other.ts'`,
  'agent-console/features/inbox/other.ts': `import '../../lib/ok.ts'`,
  'agent-console/app/ok.ts': `import '../features/inbox/ok.ts'`,
  'widgets/ok.ts': `import type {} from '#contracts/ok'`,
  'demo/ok.ts': `import '#backend/main'; import '#nlp/ok'; import '#persistence/ok'`,
  'tests/ok.ts': `import '#persistence/ok'; import 'mongodb'; import 'socket.io-client'; import '../demo/ok.ts'`,
  'backend/domain/cycle-of-types-a.ts': `import type {} from './cycle-of-types-b.ts'`,
  'backend/domain/cycle-of-types-b.ts': `import './cycle-of-types-a.ts'`,
}

const cycle: Readonly<Record<string, string>> = {
  'backend/domain/cycle-a.ts': `import './cycle-b.ts'`,
  'backend/domain/cycle-b.ts': `import './cycle-a.ts'`,
}

type Violation = { readonly rule: string; readonly from: string; readonly to: string }

describe('the planted house', () => {
  let house: string
  let violations: readonly Violation[]

  beforeAll(async () => {
    house = mkdtempSync(join(tmpdir(), 'boundaries-'))
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
    cpSync(join(root, 'package.json'), join(house, 'package.json'))
    const planted = plants.map(([, file, text]) => [file, text] as const)
    for (const [file, text] of [...Object.entries(lawful), ...Object.entries(cycle), ...planted]) {
      mkdirSync(dirname(join(house, file)), { recursive: true })
      writeFileSync(join(house, file), `${text}\n`)
    }
    violations = await violationsIn(house, true)
  })
  afterAll(() => {
    rmSync(house, { recursive: true, force: true })
  })

  test.each(plants)('%s is caught in %s', (rule, file) => {
    expect(rulesBrokenBy(file)).toEqual([rule])
  })

  test('no-cycles is caught, once', () => {
    const files = Object.keys(cycle)
    expect(files.flatMap(rulesBrokenBy)).toEqual(['no-cycles'])
  })

  test.each(Object.keys(lawful))('%s breaks nothing', (file) => {
    expect(rulesBrokenBy(file)).toEqual([])
  })

  test('every rule is broken once', () => {
    const rules = (config.forbidden ?? []).map((rule) => rule.name)
    const broken = new Set(violations.map((violation) => violation.rule))
    expect(rules.filter((rule) => rule === undefined || !broken.has(rule))).toEqual([])
  })

  const rulesBrokenBy = (file: string) =>
    [...new Set(violations.filter(({ from }) => from === file).map(({ rule }) => rule))].sort()
})

test('the real house breaks no rule', async () => {
  expect(await violationsIn(root, false)).toEqual([])
})

async function violationsIn(baseDir: string, preserveSymlinks: boolean): Promise<Violation[]> {
  const options: ICruiseOptions = {
    ...config.options,
    ruleSet: { forbidden: config.forbidden ?? [] },
    validate: true,
    baseDir,
    preserveSymlinks,
  }
  const folders = ['nlp', 'backend', 'agent-console', 'widgets', 'demo', 'tests', 'scripts']
  const { output } = await cruise(folders, options)
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }))
}
