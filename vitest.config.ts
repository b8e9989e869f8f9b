import { defineConfig } from 'vitest/config'

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
          include: ['tests/{agent-console,widgets,journeys}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/{agent-console,widgets,journeys}/**'],
          // Everything is loaded once a worker and not once a file: a third less time. Such tests
          // replace no module and keep no state outside of what they start.
          isolate: false,
        },
      },
    ],
  },
})
