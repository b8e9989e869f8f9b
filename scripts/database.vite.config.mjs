import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/**
 * The embedded database in one piece, and its thread beside it: to load its hundred and fifty small
 * modules one by one would be half of what a start takes.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../backend/persistence/embedded', import.meta.url)),
  build: {
    outDir: '../../../dist/database',
    emptyOutDir: true,
    ssr: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { server: 'server.ts', thread: 'scans/thread.ts' },
      // Beside the two, so that one finds the other whichever piece asks.
      output: { chunkFileNames: '[name].js' },
    },
  },
})
