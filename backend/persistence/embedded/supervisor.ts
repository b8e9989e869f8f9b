import { fork, type ChildProcess } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Where the supervisor tells what happens to the database. */
export interface SupervisorLog {
  info: (message: string) => void
  error: (message: string) => void
}

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** The address for the driver; it stays the same when the database is restarted. */
  readonly uri: string
  readonly stop: () => Promise<void>
  readonly isReady: () => boolean
}

const firstPauseMs = 100
const longestPauseMs = 5_000
/** After so long without a crash the next one is taken for the first. */
const steadyMs = 60_000
const startLimitMs = 30_000
const stopLimitMs = 10_000

/**
 * Starts the embedded database as a child process and starts it again, under the same address,
 * whenever it dies. It ends with this process.
 */
export async function startEmbeddedDatabase(options: {
  dataDir: string
  log: SupervisorLog
}): Promise<EmbeddedDatabase> {
  const { dataDir, log } = options
  const first = await startChild(dataDir, 0, log)
  const port = Number(new URL(first.uri.replace('mongodb:', 'http:')).port)
  let child: ChildProcess | null = first.child
  let isStopping = false
  let restarting: Promise<void> = Promise.resolve()
  let pause = firstPauseMs
  let upSince = performance.now()

  const watch = (current: ChildProcess): void => {
    current.once('exit', (code, signal) => {
      child = null
      if (isStopping) return
      log.error(
        `the embedded database ended unexpectedly (${signal ?? `exit code ${String(code)}`}); it is started again`,
      )
      restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    if (performance.now() - upSince > steadyMs) pause = firstPauseMs
    while (!isStopping) {
      await delay(pause)
      // A database that crashes right after each start is started ever more rarely, too.
      pause = Math.min(pause * 2, longestPauseMs)
      try {
        const next = await startChild(dataDir, port, log)
        child = next.child
        upSince = performance.now()
        watch(next.child)
        log.info('the embedded database is back')
        return
      } catch (error) {
        log.error(
          `the embedded database cannot be started: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    }
  }
  watch(first.child)
  return {
    uri: first.uri,
    isReady: () => child !== null,
    stop: async () => {
      isStopping = true
      // A restart that is under way is waited for, so that nothing is left running.
      await restarting
      if (child) await stopChild(child)
    },
  }
}

function startChild(
  dataDir: string,
  port: number,
  log: SupervisorLog,
): Promise<{ uri: string; child: ChildProcess }> {
  const folder = join(resolve(dataDir), 'embedded')
  const options = ['--port', String(port), '--data', folder]
  // Nobody may make the commands of a working installation fail.
  const safely = ['--setParameter', 'enableTestCommands=0']
  const child = fork(serverFile(), [...options, ...safely], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000)
    log.error(chunk.toString().trim())
  })
  return new Promise((resolveStart, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error('the embedded database did not start in time'))
    }, startLimitMs)
    child.once('exit', (code) => {
      clearTimeout(limit)
      reject(
        new Error(
          complaints.trim() || `the embedded database ended with exit code ${String(code)}`,
        ),
      )
    })
    child.once('error', reject)
    child.on('message', (message) => {
      clearTimeout(limit)
      const { ready, failed } = message as { ready?: string; failed?: string }
      if (ready !== undefined) resolveStart({ uri: ready, child })
      if (failed !== undefined) reject(new Error(failed))
    })
  })
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
    child.once('exit', () => {
      clearTimeout(limit)
      done()
    })
    child.kill('SIGTERM')
  })
}

/** The built server, seen from the built supervisor or from its source. */
function serverFile(): string {
  const here = fileURLToPath(import.meta.url)
  const database = here.endsWith('.js') ? '../../../database' : '../../../dist/database'
  return resolve(dirname(here), database, 'server.js')
}
