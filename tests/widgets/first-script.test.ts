import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '../../dist/widgets')
const firstScript = readFileSync(join(dist, 'widget.js'), 'utf8')
const chunks = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))

test('the first script is far below 15 kB', () => {
  expect(gzipSync(firstScript).byteLength).toBeLessThan(4 * 1024)
})

test('the first script is a classic script that defines three elements and no name', () => {
  const defined: string[] = []
  const page = {
    HTMLElement: Object,
    HTMLScriptElement: Object,
    customElements: { get: () => undefined, define: (name: string) => defined.push(name) },
    document: { currentScript: null, querySelector: () => null },
    location: { href: 'https://example.vn/' },
  }
  const names = Object.keys(page)
  const context = createContext(page)
  new Script(firstScript).runInContext(context)
  expect(defined).toEqual(['hoiam-report', 'hoiam-status', 'hoiam-answers'])
  expect(Object.keys(context)).toEqual(names)
})

test('every view that the first script fetches is there', () => {
  const fetched = Array.from(firstScript.matchAll(/assets\/[\w-]+\.js/g), ([path]) => path)
  expect(fetched).toHaveLength(3)
  for (const path of fetched) expect(chunks).toContain(path.replace('assets/', ''))
})

test('no schema library reaches a stranger’s page', () => {
  for (const chunk of chunks) {
    expect(readFileSync(join(dist, 'assets', chunk), 'utf8')).not.toMatch(/ZodError|invalid_type/)
  }
})
