import { ANONYMOUS, type Call } from '#domain/call'
import { promiseCallBack } from '#domain/call-back'
import { citizenNumber } from '#domain/call-people'
import { reachableNumber } from '#domain/callable-number'
import type { Ports } from '../ports.ts'

/** A promise to call the citizen of a call back; one a call and reason, however often it is noted. */
export async function noteCallBack(
  call: Call,
  reason: 'missed' | 'provider-down',
  ports: Ports,
): Promise<void> {
  const phone = reachableNumber(citizenNumber(call))
  if (phone === null) return
  const { language, queue, caseCode } = call
  const promised = {
    id: `${reason}:${call.id}`,
    phone,
    reason,
    language: queue?.language ?? language ?? 'vi',
    field: queue?.field ?? null,
    callId: call.id,
    caseCode,
  }
  await ports.callBacks.add(
    promiseCallBack(promised, ports.now(), ports.settings().hotline.outbound),
  )
}

/** True where the citizen could be called back. */
export function isNumberKnown(call: Call): boolean {
  const number = citizenNumber(call)
  return number !== ANONYMOUS && reachableNumber(number) !== null
}
