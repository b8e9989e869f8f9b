// What a browser loads before anything shows, gzipped, against a budget. `npm run build` first.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist')
const kB = 1000

const budgets = [
  { what: 'widget', scripts: () => [join(dist, 'widgets/widget.js')], limit: 15 * kB },
  {
    what: 'console',
    scripts: () => scriptsOf('agent-console/index.html', '/console/'),
    limit: 400 * kB,
  },
]

let isOver = false
for (const { what, scripts, limit } of budgets) {
  const loaded = withStaticImports(scripts())
  const size = loaded.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  if (size > limit || loaded.length === 0) isOver = true
  const verdict = loaded.length === 0 ? 'loads no script at all' : size > limit ? 'TOO BIG' : 'ok'
  console.log(
    `${what}: ${(size / kB).toFixed(1)} of ${limit / kB} kB gzip in ${loaded.length} file(s), ${verdict}`,
  )
}
process.exitCode = isOver ? 1 : 0

/** The scripts that a built page names, base taken off. */
function scriptsOf(page, base) {
  const file = join(dist, page)
  if (!existsSync(file)) return []
  const named = readFileSync(file, 'utf8').matchAll(
    /<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g,
  )
  return [...named].map(([, url]) =>
    join(dirname(file), url.startsWith(base) ? url.slice(base.length) : url),
  )
}

/** The files and everything they import before they can run; dynamic imports come later and do not count. */
function withStaticImports(files) {
  const seen = new Set()
  const visit = (file) => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    const imports = readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g,
    )
    for (const [, path] of imports) visit(join(dirname(file), path))
  }
  files.forEach(visit)
  return [...seen]
}
