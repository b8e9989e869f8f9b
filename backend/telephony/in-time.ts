import type { Answering, Knock } from './door.ts'

/** What was done in time; null where it was not, and the log says why. */
type Done<T> = { readonly result: T } | null

/**
 * Does what needs the database while a caller is on the line. A caller is always answered: what
 * fails, or takes too long, is logged. What was begun may still come to pass.
 */
export async function inTime<T>(
  work: () => Promise<T>,
  knock: Pick<Knock, 'callId' | 'events'>,
  { log, answerWithinMs, journal }: Pick<Answering, 'log' | 'answerWithinMs' | 'journal'>,
): Promise<Done<T>> {
  try {
    return { result: await within(answerWithinMs, work()) }
  } catch (error) {
    log.error({ err: error, callId: knock.callId }, 'a call was answered but not recorded')
    await journal.append(knock.events)
    return null
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done within ${String(milliseconds)} ms`))
    }, milliseconds)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
