import type { CallBackView } from '#contracts/telephony'
import type { CallBack } from '#domain/call-back'

/** A promise to call back, for people of the centre. */
export function presentCallBack(callBack: CallBack): CallBackView {
  const { id, version, state, phone, reason, language, callId, caseCode, assignedTo } = callBack
  return {
    id,
    version,
    state,
    phone,
    reason,
    language,
    callId,
    caseCode,
    dueAt: callBack.dueAt.toISOString(),
    attempts: callBack.attempts.map((each) => ({ ...each, at: each.at.toISOString() })),
    assignedTo,
  }
}
