import type { Call } from '#domain/call'
import { isOfExchange } from '#domain/exchange-call'
import { partyNumber } from '#domain/party-number'
import type { Ports } from '../ports.ts'
import { loadCall } from '../save-call.ts'
import { withdrawCallBack } from './call-backs.ts'
import { noteCallBack } from './note-call-back.ts'

/**
 * A call of the exchange that nobody took becomes a promise to call back. One that turns out to
 * have been taken, because its answer was told after its end, is promised nothing any more.
 */
export async function settleMissed(call: Call, ports: Ports): Promise<void> {
  if (!isOfExchange(call) || call.endedAt === null) return
  if (isMissed(call)) {
    if (isBlocked(call, ports)) return
    await noteCallBack(call, 'missed', ports)
    // Read again after it was noted: the answer may have been told in between.
    if (isMissed(await loadCall(call.id, ports))) return
  }
  await withdrawCallBack(`missed:${call.id}`, ports)
}

function isMissed({ endedAs }: Call): boolean {
  return endedAs === 'missed'
}

function isBlocked({ from }: Call, ports: Ports): boolean {
  return ports.settings().cti.blocked.some((number) => partyNumber(number) === from)
}
