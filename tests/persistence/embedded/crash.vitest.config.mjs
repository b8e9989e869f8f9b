import { defineConfig } from 'vitest/config'

// The long crash test, apart from the everyday suite:
// npx vitest run --config tests/persistence/embedded/crash.vitest.config.mjs
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: { include: ['tests/persistence/embedded/hundred-crashes.ts'], testTimeout: 1_800_000 },
})
