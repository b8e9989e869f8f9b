import { join } from 'node:path'
import { build, defineConfig } from 'vite'
import type { Plugin, UserConfig } from 'vite'

const root = import.meta.dirname
const outDir = join(root, '../dist/widgets')

/** The views that the first script fetches when a page shows them. */
const views = {
  'report-form': join(root, 'report/report-form.ts'),
  'case-status': join(root, 'status/case-status.ts'),
  'answer-list': join(root, 'answers/answer-list.ts'),
}

const shared = {
  root,
  publicDir: false,
  build: { outDir, target: 'es2022' },
} satisfies UserConfig

/**
 * Makes widget.js once the names of the views' chunks are known. It is a classic script, so it can
 * neither be a module nor leave names in an embedding page.
 */
function firstScript(): Plugin {
  return {
    name: 'first-script',
    async writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const addresses = Object.entries(views).map(([name, file]) => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === file)
        if (!chunk) throw new Error(`There is no chunk for ${file}`)
        return [name, chunk.fileName]
      })
      await build({
        ...shared,
        configFile: false,
        logLevel: 'warn',
        define: { VIEW_ADDRESSES: JSON.stringify(Object.fromEntries(addresses)) },
        build: {
          ...shared.build,
          emptyOutDir: false,
          lib: { entry: join(root, 'widget.ts'), formats: ['iife'], name: 'hoiam' },
          rolldownOptions: { output: { entryFileNames: 'widget.js' } },
        },
      })
    },
  }
}

/** The portal's page, the views, and the script that other sites embed. */
export default defineConfig({
  ...shared,
  base: '/',
  resolve: {
    conditions: ['source', 'module', 'browser', 'production'],
    // The package's main file would set the embedding page's window.L, which may be its own.
    alias: [{ find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' }],
  },
  plugins: [firstScript()],
  build: {
    ...shared.build,
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: (path) => !path.endsWith('.woff2'),
    rolldownOptions: {
      input: { portal: join(root, 'index.html'), ...views },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  experimental: {
    // On a foreign page “/assets” is somebody else's: addresses in scripts start from the script.
    renderBuiltUrl: (_file, { hostType }) => (hostType === 'js' ? { relative: true } : undefined),
  },
})
