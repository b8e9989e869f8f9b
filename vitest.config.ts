import { defineConfig } from 'vitest/config'

/** What shows something on a page that is played: each file has a page, and a worker, to itself. */
const SCREENS = ['tests/agent-console/**/*.test.tsx', 'tests/widgets/**/*.test.ts']

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    globalSetup: ['tests/support/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'screens',
          include: SCREENS,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/**/*.test.ts'],
          exclude: SCREENS,
          // Everything is loaded once a worker and not once a file: a third less time. Such tests
          // replace no module and keep no state outside of what they start.
          isolate: false,
        },
      },
    ],
  },
})
