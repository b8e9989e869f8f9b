import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What runs in browsers: tested on a page that is played, one per worker, which each test leaves clean. */
const SCREENS = ['tests/agent-console/**/*.test.{ts,tsx}', 'tests/widgets/**/*.test.ts']

/**
 * What takes longest comes first, so that nothing long is left to be waited for at the end. Between two
 * journeys stands as much as the first of them takes: a journey waits for its browser most of the time,
 * and leaves its core to what counts beside it.
 */
const LONG = [
  'journeys/telephone',
  'telephony/exchange-calls',
  'telephony/whole-calls',
  'journeys/accessibility',
  'http/learning',
  'nlp/corrections',
  'nlp/reader',
  'http/staff-sign-in',
  'use-cases/telephone/healing',
  'persistence/embedded/durability',
  'journeys/main-job',
  'telephony/sms-sent',
  'http/outage',
  'telephony/sms-received',
  'nlp/training-command',
  'nlp/command-line',
  'nlp/bad-input',
  'journeys/outage',
].map((name) => `/tests/${name}.test.ts`)

/** The order of test files: the long ones, what else needs the server, then the screens. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files)
    return usual.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId, project }: TestSpecification): number {
  const place = LONG.findIndex((end) => moduleId.endsWith(end))
  if (place >= 0) return place
  // A worker is kept from file to file within a project only.
  return LONG.length + (project.name === 'screens' ? 1 : 0)
}

/** Where another order is asked for, as by `--sequence.shuffle.files`, this one would hide it. */
const isShuffled = process.argv.some((option) => option.startsWith('--sequence.shuffle'))

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    globalSetup: ['tests/support/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    ...(!isShuffled && { sequence: { sequencer: LongestFirst } }),
    // Everything is loaded once a worker and not once a file: a third less time. Tests keep no state
    // outside of what they start.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'screens',
          include: SCREENS,
          environment: 'happy-dom',
          setupFiles: ['tests/support/page.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/**/*.test.ts'],
          exclude: SCREENS,
        },
      },
    ],
  },
})
