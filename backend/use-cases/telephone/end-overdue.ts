import { finishWrapUp } from '#domain/call-talk'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { settleAgents } from './settle-agents.ts'
import { endRinging } from './unreached-call.ts'

const BATCH = 200

/** Calls that rang for long enough go back to the front of the line, their agents away. */
export async function endOverdueOffers(ports: Ports): Promise<void> {
  const at = ports.now()
  for (const call of await ports.calls.findRungOut(at, BATCH)) {
    const wasAccepted = call.agent !== null
    await endRinging(call, wasAccepted ? 'unreached' : 'timed_out', ports)
  }
}

/** Wrap-ups whose time is over end without a disposition; the next call may come. */
export async function endOverdueWrapUps(ports: Ports): Promise<void> {
  const at = ports.now()
  for (const call of await ports.calls.findWrapUpsOver(at, BATCH)) {
    const ended = await changeCall(
      call.id,
      (current) => (current.wrapUp?.doneAt === null ? finishWrapUp(current, null, at) : current),
      ports,
    )
    await settleAgents(ended, ports)
  }
}
