import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { UsageError } from './labelled-file.ts'
import { SHIPPED_MODEL } from './seeds.ts'
import type { TrainMessage, TrainTask } from './train-worker.ts'

type Trained = Extract<TrainMessage, { type: 'done' }>

/** Somebody ended the work before it was done. */
export class StoppedError extends Error {
  override name = 'StoppedError'
  /** What a shell expects of a program that ends on this signal. */
  readonly exitCode: number

  constructor(signal: StopSignal) {
    super(`Stopped by ${signal}: no model was written.`)
    this.exitCode = EXIT_CODES[signal]
  }
}

type StopSignal = 'SIGINT' | 'SIGTERM'

const EXIT_CODES: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143 }
/** The built worker: beside the shipped model. */
const WORKER = join(SHIPPED_MODEL, '../cli/train-worker.js')
/** A step that takes longer says how long it has taken, this often. */
const REMINDER_MS = 5_000
const TOO_LARGE =
  'There is not enough memory to learn this. Give fewer texts or labels, or let Node have more: NODE_OPTIONS=--max-old-space-size=8192.'

/**
 * Trains in a thread of its own and tells on stderr how far it is. The model appears under its name
 * whole or not at all; SIGINT and SIGTERM end the work and throw StoppedError.
 */
export async function trainInto(target: string, task: TrainTask): Promise<void> {
  const started = performance.now()
  requireFolder(target)
  const { bytes, textCount } = await trainInWorker(task, (trained) => {
    writeWhole(target, trained.bytes)
  })
  const megabytes = (bytes.length / 1e6).toFixed(1)
  process.stdout.write(
    `Trained on ${String(textCount)} texts in ${secondsSince(started)} s → ${target} (${megabytes} MB)\n`,
  )
}

/** A signal that comes while `keep` writes waits until it has written. */
async function trainInWorker(task: TrainTask, keep: (trained: Trained) => void): Promise<Trained> {
  const worker = new Worker(WORKER, { workerData: task })
  const progress = startProgress()
  const stops = new AbortController()
  try {
    const trained = await new Promise<Trained>((resolve, reject) => {
      worker.on('message', (message: TrainMessage) => {
        if (message.type === 'step') progress.say(message.step)
        else if (message.type === 'done') resolve(message)
        else reject(new UsageError(message.message))
      })
      worker.on('error', (error) => {
        reject(isOutOfMemory(error) ? new UsageError(TOO_LARGE) : error)
      })
      worker.on('exit', () => {
        reject(new Error('The training thread ended without a model.'))
      })
      onceStopped(stops.signal, (signal) => {
        reject(new StoppedError(signal))
      })
    })
    keep(trained)
    return trained
  } finally {
    stops.abort()
    progress.end()
    await worker.terminate()
  }
}

function onceStopped(done: AbortSignal, use: (signal: StopSignal) => void): void {
  const stop = (signal: NodeJS.Signals): void => {
    use(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  done.addEventListener('abort', () => {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  })
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function startProgress() {
  let step = 'reading'
  let started = performance.now()
  const reminder = setInterval(() => {
    process.stderr.write(`${step} … ${secondsSince(started)} s\n`)
  }, REMINDER_MS)
  return {
    say: (next: string): void => {
      step = next
      started = performance.now()
      reminder.refresh()
      process.stderr.write(`${step} …\n`)
    },
    end: (): void => {
      clearInterval(reminder)
    },
  }
}

/** Asked before the work, not after it. */
function requireFolder(target: string): void {
  const folder = dirname(target)
  if (!existsSync(folder)) throw new UsageError(`Cannot write ${target}: there is no ${folder}.`)
}

/** Under a name of its own first, so that nobody ever reads half of it. */
function writeWhole(target: string, bytes: Uint8Array): void {
  const part = `${target}.${String(process.pid)}.part`
  try {
    writeFileSync(part, bytes, { flush: true })
    renameSync(part, target)
  } catch (error) {
    rmSync(part, { force: true })
    throw new UsageError(
      `Cannot write ${target}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1)
}
