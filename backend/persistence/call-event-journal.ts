import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallEvent } from '#domain/call'
import type { CallEventJournal } from '#use-cases/ports/telephony'

const WAITING = 'call-events-waiting.ndjson'
const UNDER_WAY = 'call-events-under-way.ndjson'

/** Events of calls in files under `folder`, an event a line, for the time when no database answers. */
export function fileCallEventJournal(folder: string): CallEventJournal {
  const waiting = join(folder, WAITING)
  const underWay = join(folder, UNDER_WAY)
  // One after another: lines must not mix, and a file must not be moved under somebody who writes.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    const acting = turn.then(act)
    turn = acting.catch(() => undefined)
    return acting
  }

  return {
    append: async (events) =>
      inTurn(async () => {
        if (events.length === 0) return
        await mkdir(folder, { recursive: true })
        const file = await open(waiting, 'a', 0o600)
        try {
          await file.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
          await file.sync()
        } finally {
          await file.close()
        }
      }),

    async replay(record) {
      // A run that was cut short left its file: it goes first, and events may be told twice.
      const lines = await inTurn(async () => {
        const left = await linesOf(underWay)
        if (left.length > 0) return left
        await rename(waiting, underWay).catch(ignoreMissing)
        return linesOf(underWay)
      })
      let taken = 0
      for (const line of lines) {
        const event = eventIn(line)
        if (event !== null) await record(event)
        taken += 1
      }
      await rm(underWay, { force: true })
      return taken
    },
  }
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  return (text ?? '').split('\n').filter((line) => line !== '')
}

/** An event with its dates; null for a line that was cut off while the machine went down. */
function eventIn(line: string): CallEvent | null {
  try {
    return JSON.parse(line, (key, value: unknown) =>
      key === 'at' && typeof value === 'string' ? new Date(value) : value,
    ) as CallEvent
  } catch {
    return null
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
