import { openCaseOfCall } from './open-case-of-call.ts'
import type { Ports } from './ports.ts'

const BATCH = 100

/**
 * Opens the cases of messages whose webhooks could not: a job's safety net, safe to repeat.
 * Tries every waiting call before it throws what went wrong; answers how many it filed.
 */
export async function fileWaitingMessages(ports: Ports): Promise<number> {
  const waiting = await ports.calls.findAwaitingCase(BATCH)
  const failures: unknown[] = []
  for (const call of waiting) {
    await openCaseOfCall(call, ports).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'messages without a case')
  return waiting.length
}
