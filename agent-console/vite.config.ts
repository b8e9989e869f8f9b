import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: '../dist/agent-console',
    emptyOutDir: true,
    // Fonts and pictures stay files: a strict content policy needs no data: addresses.
    assetsInlineLimit: 0,
  },
})
