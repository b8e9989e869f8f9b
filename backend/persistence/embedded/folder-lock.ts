import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const lockFile = 'embedded.lock'
const patienceMs = 3000

/**
 * Refuses a folder that another process has open: two writers would destroy it. A process that is
 * just ending is waited for. Answers with how to give the lock back.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, lockFile)
  const endsAt = Date.now() + patienceMs
  for (;;) {
    if (tryLock(file)) break
    const holder = holderOf(file)
    if (!holder || !isAlive(holder)) {
      // Its owner died without taking it away.
      rmSync(file, { force: true })
    } else if (Date.now() > endsAt) {
      throw new FolderInUseError(folder, holder.pid)
    } else {
      await delay(50)
    }
  }
  return () => {
    if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}

/** True while a process has the folder open. */
export function isFolderLocked(folder: string): boolean {
  const holder = holderOf(join(folder, lockFile))
  return holder !== null && isAlive(holder)
}

/** Another process has the folder open. */
class FolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The database folder ${folder} is in use by process ${String(pid)}. ` +
        `Stop that process first (kill ${String(pid)}), or start with another DATA_DIR.`,
    )
    this.name = 'FolderInUseError'
  }
}

interface Holder {
  readonly pid: number
  /** When the process started, so that a later one with the same number is not taken for it. */
  readonly startedAt: string
}

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, `${String(process.pid)} ${startTime(process.pid)}\n`)
    closeSync(handle)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): Holder | null {
  try {
    const [pid = '', startedAt = ''] = readFileSync(file, 'utf8').trim().split(' ')
    return Number.isInteger(Number(pid)) && pid !== '' ? { pid: Number(pid), startedAt } : null
  } catch {
    return null
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const current = startTime(pid)
  return current === '' || startedAt === '' || current === startedAt
}

/** When a process started, where the system tells (Linux); empty elsewhere. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
