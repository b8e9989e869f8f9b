import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** What `npm run nlp --` starts, once it is built. */
const MAIN = join(import.meta.dirname, '../../dist/nlp/cli/main.js')

/** How a command ended, and what it printed. */
export type Ended = {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line to its end. */
export function runCommand(args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status, stdout, stderr }
}

/** Starts the command line and leaves it running. */
export function startCommand(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}
