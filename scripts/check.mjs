// `npm run check [-- --no-tests]`: every check one after another, whatever the one before said, and a summary.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (name) => `node_modules/${name}`

const checks = [
  ['build', ['scripts/build.mjs']],
  ['types', [bin('typescript/bin/tsc'), '-b']],
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  [
    'boundaries',
    [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '.',
    ],
  ],
  ['dead code', [bin('knip/bin/knip.js')]],
  ['size', ['scripts/size.mjs']],
  ['tests', [bin('vitest/vitest.mjs'), 'run']],
].filter(([name]) => name !== 'tests' || !process.argv.includes('--no-tests'))

const results = checks.map(([name, args]) => {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return { name, isPassed: status === 0, seconds: (performance.now() - startedAt) / 1000 }
})

console.log(`\n── summary ${'─'.repeat(53)}`)
for (const { name, isPassed, seconds } of results) {
  console.log(
    `${isPassed ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`,
  )
}
if (results.some(({ isPassed }) => !isPassed)) process.exitCode = 1
