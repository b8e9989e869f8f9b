import { createContext, Script } from 'node:vm'
import { CommandError } from '../errors.ts'

const limitMs = 200

const box: { work: () => unknown } = { work: () => undefined }
const context = createContext(box)
const script = new Script('work()')

/** Runs work that could go on for ever, such as a hostile pattern, and refuses it when it does. */
export function withTimeLimit<T>(work: () => T): T {
  box.work = work
  try {
    return script.runInContext(context, { timeout: limitMs }) as T
  } catch (error) {
    if (isTimeout(error)) {
      throw new CommandError(
        51156,
        'Error occurred while executing regular expression: it takes too long',
      )
    }
    throw error
  } finally {
    box.work = () => undefined
  }
}

// The error belongs to the other context, so it is no `Error` of this one.
function isTimeout(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown }
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
