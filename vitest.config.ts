import { defineConfig } from 'vitest/config'

/** What runs in browsers: tested on a page that is played, one per worker, which each test leaves clean. */
const SCREENS = ['tests/agent-console/**/*.test.{ts,tsx}', 'tests/widgets/**/*.test.ts']

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    globalSetup: ['tests/support/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
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
