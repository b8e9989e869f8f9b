import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

/** What runs in browsers: tested on a page that is played, one per worker, which each test leaves clean. */
const SCREENS = ['tests/agent-console/**/*.test.{ts,tsx}', 'tests/widgets/**/*.test.ts']

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
