import type { Case } from '#domain/case'
import { awaitsCase, type Call, type CallEvent, callIdOf, messageOf } from '#domain/call'
import { placedCall } from '#domain/call-placing'
import { applyCallEvent } from '#domain/call-progress'
import { fillCaseOfCall } from './fill-case-of-call.ts'
import { openCaseOfCall } from './open-case-of-call.ts'
import type { Ports } from './ports.ts'
import { saveCall } from './save-call.ts'
import { inRegion } from './telephone/in-region.ts'
import { settleCall } from './telephone/settle-call.ts'

/**
 * Keeps what a provider told of a call, moves the call, and opens one case for a message left.
 * What the caller said becomes its text, as far as it is known. Answers the case where an event
 * brought a message or words. Safe to repeat, in any order, after any crash.
 */
export async function recordCallEvents(
  events: readonly CallEvent[],
  ports: Ports,
): Promise<Case | null> {
  let opened: Case | null = null
  for (const event of events) {
    const isNew = await ports.calls.addEvent(event)
    // A repeat is applied again: it changes nothing, unless the first attempt was cut short here.
    const placing = await placingOf(event, ports)
    const kept = await saveCall(
      callIdOf(event),
      (known) => {
        const current = inRegion(applyCallEvent(known, event), ports.callControl)
        return placing === null ? current : placedCall(current, placing.by, placing)
      },
      ports,
    )
    if (isNew) tellWords(event, kept, ports)
    const call = await settleCall(kept, ports)
    const brings = event.type === 'message-left' && messageOf(call) !== null
    if (brings || awaitsCase(call)) opened = await openCaseOfCall(call, ports)
    opened = (await fillCaseOfCall(call, ports)) ?? opened
  }
  return opened
}

/** Who placed the call, and why; null for every other, and where that agent is not known any more. */
async function placingOf({ placing }: CallEvent, ports: Ports) {
  if (placing == null) return null
  const by = await ports.agents.findById(placing.agentRef)
  return by === null ? null : { ...placing, by }
}

/** Whoever talks reads along, without personal data. */
function tellWords({ segment }: CallEvent, { id, agent }: Call, ports: Ports): void {
  if (segment == null || agent === null) return
  const { speaker, text } = segment
  const said = { callId: id, speaker, text: ports.reader.redact(text), isFinal: true }
  ports.telephone.transcriptSaid(agent.id, said)
}
