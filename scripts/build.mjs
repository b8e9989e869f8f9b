// Builds what is stale. A part is fresh when its inputs hash to its stamp in dist/.stamps and its output exists.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from './run-node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamps = join(root, 'dist', '.stamps')

const tsc = (project) => ['node_modules/typescript/bin/tsc', '-b', project]
const vite = (...what) => ['node_modules/vite/bin/vite.js', 'build', ...what, '--logLevel', 'warn']
const manifests = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts/build.mjs']

/**
 * Each part: the files and folders it is made of, the file that proves it was made, the Node script
 * that makes it, and the part that has to be there before.
 */
const parts = {
  nlp: { from: ['nlp'], to: 'dist/nlp/cli/main.js', run: tsc('nlp/cli') },
  server: {
    from: ['nlp', 'backend', 'demo', 'tsconfig.build.json'],
    to: 'dist/backend/main.js',
    run: tsc('tsconfig.build.json'),
    // Compiles it too: two compilers must not write the same files at once.
    after: 'nlp',
  },
  database: {
    from: ['backend/persistence/embedded', 'scripts/database.vite.config.mjs'],
    to: 'dist/database/server.js',
    run: vite('--config', 'scripts/database.vite.config.mjs'),
  },
  model: {
    from: ['nlp', 'seeds'],
    to: 'dist/nlp/model.bin',
    run: ['dist/nlp/cli/build-model.js'],
    needs: 'nlp/cli/build-model.ts',
    after: 'nlp',
  },
  console: {
    from: ['agent-console', 'backend/contracts'],
    to: 'dist/agent-console/index.html',
    run: vite('agent-console'),
    needs: 'agent-console/vite.config.ts',
  },
  widgets: {
    from: ['widgets', 'backend/contracts'],
    to: 'dist/widgets/widget.js',
    run: vite('widgets'),
    needs: 'widgets/vite.config.ts',
  },
  bench: {
    from: ['tests/bench', 'tests/support'],
    to: 'dist/tests/bench/main.js',
    run: tsc('tests/bench'),
  },
}

// Two lanes for two cores, which take about as long; within a lane each part may use what the one
// before it made.
const everything = [['model'], ['console', 'widgets', 'database', 'server']]
const targets = {
  all: everything,
  server: [['server'], ['database']],
  database: [['database']],
  nlp: [['nlp']],
  bench: [['model'], ['console', 'widgets', 'database', 'server', 'bench']],
}

/** Brings a target up to date; answers false, after saying why, when something does not build. */
export async function build(target = 'all') {
  const lanes = targets[target]
  if (!lanes)
    throw new Error(`No such target: ${target}. There are ${Object.keys(targets).join(', ')}.`)
  const underWay = new Map()
  const built = await Promise.all(lanes.map((names) => buildLane(names, underWay)))
  return built.every(Boolean)
}

async function buildLane(names, underWay) {
  for (const name of names) if (!(await buildOnce(name, underWay))) return false
  return true
}

/** Builds a part after the one it needs; lanes that need the same part wait for the same work. */
async function buildOnce(name, underWay) {
  const { after } = parts[name]
  if (after && !(await buildOnce(after, underWay))) return false
  if (!underWay.has(name)) underWay.set(name, buildPart(name))
  return underWay.get(name)
}

async function buildPart(name) {
  const { from, to, run, needs } = parts[name]
  if (needs && !existsSync(join(root, needs))) {
    console.log(`build: ${name} skipped, there is no ${needs}`)
    return true
  }
  // Hashed before the work: an edit made meanwhile leaves the part stale.
  const inputs = hashOf([...manifests, ...from])
  const stamp = join(stamps, name)
  if (existsSync(join(root, to)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs)
    return true

  rmSync(stamp, { force: true })
  const startedAt = performance.now()
  const { code, output } = await runNode(run)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (code !== 0 || !existsSync(join(root, to))) {
    const why = code === 0 ? `did not write ${to}` : `failed (${code})`
    console.error(`build: ${name} ${why}: node ${run.join(' ')}\n${output.trimEnd()}`)
    return false
  }
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, inputs)
  console.log(`build: ${name} ${seconds} s`)
  return true
}

function hashOf(paths) {
  const hash = createHash('sha1')
  for (const path of paths) {
    for (const file of filesIn(path))
      hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(join(root, path))) return []
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)],
      )
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  if (!(await build(process.argv[2]))) process.exitCode = 1
}
