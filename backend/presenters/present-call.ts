import type { CallRow } from '#contracts/calls'
import { ANONYMOUS, type Call, messageOf } from '#domain/call'
import { talkingSeconds, waitingSeconds } from '#domain/call-answer'
import { maskPhone } from '#domain/contact'

/** A call as a line of the call log; the caller's number is masked unless it may be shown. */
export function presentCall(call: Call, isNumberShown: boolean): CallRow {
  const from = call.from ?? ANONYMOUS
  return {
    id: call.id,
    provider: call.provider,
    direction: call.direction ?? 'inbound',
    state: call.state,
    endedAs: call.endedAs,
    from: isNumberShown || from === ANONYMOUS ? from : maskPhone(from),
    startedAt: call.startedAt.toISOString(),
    answeredAt: call.answeredAt?.toISOString() ?? null,
    endedAt: call.endedAt?.toISOString() ?? null,
    waitingSeconds: waitingSeconds(call),
    talkingSeconds: talkingSeconds(call),
    recordingSeconds: messageOf(call)?.durationSeconds ?? null,
    caseCode: call.caseCode,
  }
}
