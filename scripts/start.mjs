// `node scripts/start.mjs TARGET ENTRY [ARGUMENT…]`: builds the target, then becomes dist/ENTRY.
// The entry runs in this very process, so signals reach it and its exit code is ours.
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'

const [target, entry, ...args] = process.argv.slice(2)
if (!target || !entry) throw new Error('Usage: node scripts/start.mjs TARGET ENTRY [ARGUMENT…]')

const stop = () => process.exit(1)
process.once('SIGINT', stop).once('SIGTERM', stop)
if (!(await build(target))) process.exit(1)
process.off('SIGINT', stop).off('SIGTERM', stop)

const url = new URL(`../dist/${entry}`, import.meta.url)
process.argv = [process.argv[0], fileURLToPath(url), ...args]
await import(url.href)
