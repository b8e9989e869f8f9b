import { costTold } from '#domain/call-record'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'

const BATCH = 100

/**
 * Asks the company what calls cost, as long after their end as it takes to know. Where it does not
 * answer, that counts as asked: a call it will never answer for must not hold up the others. Throws
 * what went wrong once all were tried.
 */
export async function askCosts(ports: Ports): Promise<void> {
  const { callControl } = ports
  if (callControl === null) return
  const failures: unknown[] = []
  for (const call of await ports.calls.findCostDue(callControl.provider, ports.now(), BATCH)) {
    const told = await callControl.costOf(call).catch((error: unknown) => {
      failures.push(error)
      return null
    })
    await changeCall(call.id, (current) => costTold(current, told), ports)
  }
  if (failures.length > 0) throw new AggregateError(failures, 'costs of calls are not known')
}
