// `npm run check [-- --no-tests]`: every check, whatever the others said, and a summary. What needs no
// other runs two at a time, for two cores; the tests, which use both, come last.
import { runNode } from './run-node.mjs'

const bin = (name) => `node_modules/${name}`

const first = ['build', ['scripts/build.mjs']]
// The longest first.
const apart = [
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['types', [bin('typescript/bin/tsc'), '-b']],
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
]
const last = ['tests', [bin('vitest/vitest.mjs'), 'run']]

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const results = [
  await check(first),
  ...(await twoAtATime(apart)),
  ...(process.argv.includes('--no-tests') ? [] : [await check(last)]),
]

console.log(`\n── summary ${'─'.repeat(53)}`)
for (const { name, isPassed, seconds } of results) {
  console.log(
    `${isPassed ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`,
  )
}
if (results.some(({ isPassed }) => !isPassed)) process.exitCode = 1

/** Runs a check; shows what it says as it says it, or all at its end where another runs beside. */
async function check([name, args], { isBeside = false } = {}) {
  const title = `\n── ${name} ${'─'.repeat(60 - name.length)}`
  if (!isBeside) console.log(title)
  const startedAt = performance.now()
  const { code, output } = await runNode(args, isBeside ? 'pipe' : 'inherit')
  if (isBeside) process.stdout.write(`${title}\n${output}`)
  return { name, isPassed: code === 0, seconds: (performance.now() - startedAt) / 1000 }
}

async function twoAtATime(checks) {
  const waiting = [...checks.entries()]
  const results = []
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, each] = next
      results[index] = await check(each, { isBeside: true })
    }
  }
  await Promise.all([work(), work()])
  return results
}
