import type { Language } from '#contracts/vocabulary'
import { addWorkingMinutes } from '#domain/business-calendar'
import type { Call } from '#domain/call'
import { promiseCallBack } from '#domain/call-back'
import { isWaiting, leaveQueue } from '#domain/call-queue'
import { reachableNumber } from '#domain/callable-number'
import { withChoice } from '#domain/ivr-path'
import type { Ports } from './ports.ts'
import { mustBeThere } from './remember-choice.ts'
import { saveCall } from './save-call.ts'

/**
 * Promises the caller to call back: at the next time when agents work and nobody is disturbed. One
 * who waited leaves the line for it, and is due since they came: the place is kept. False where the
 * number may not be called; nothing changes then.
 */
export async function askForCallBack(
  callId: string,
  language: Language,
  ports: Ports,
): Promise<boolean> {
  const call = mustBeThere(await ports.calls.findCall(callId))
  const phone = reachableNumber(call.from)
  if (phone === null) return false
  const { hotline, calendar } = ports.settings()
  const now = ports.now()
  const since = isWaiting(call) ? (call.queuedAt ?? now) : now
  const at = hotline.hours === 'office' ? addWorkingMinutes(since, 0, calendar) : since
  const { id, caseCode, queue } = call
  const promised = {
    // One a call: a repeated webhook promises nothing new.
    id,
    phone,
    reason: 'asked',
    language,
    field: queue?.field ?? null,
    callId: id,
    caseCode,
  } as const
  await ports.callBacks.add(promiseCallBack(promised, at, hotline.outbound))
  await saveCall(id, (current) => promisedTo(mustBeThere(current), language, now), ports)
  return true
}

function promisedTo(call: Call, language: Language, at: Date): Call {
  return withChoice(leaveQueue(call, 'call-back', at), 'call-back', language)
}
