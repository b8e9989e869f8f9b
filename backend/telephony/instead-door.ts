import { isEmergencyHeard } from '#domain/ivr'
import { recordCallEvents } from '#use-cases/record-call'
import { rememberChoice } from '#use-cases/remember-choice'
import { callBackPlan, unavailablePlan } from './agent-ways.ts'
import { askInstead, OFFER_KEY } from './ask-plans.ts'
import { messagePlan, say } from './call-plans.ts'
import { stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan } from './provider.ts'

/** After hours: the key of the offer is a call back, anything else and silence a message. */
export async function answerInstead(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline } = ports.settings()
  const state = stateIn(knock.query)
  if (isEmergencyHeard(hotline, knock.heard) && knock.heard.pressed !== OFFER_KEY) {
    return [say(hotline, state.language, 'emergency'), ...askInstead(hotline, state)]
  }
  const isCallBack = knock.heard.pressed === OFFER_KEY
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      if (isCallBack) return callBackPlan(knock, state, answering)
      await rememberChoice(knock.callId, 'leave-report', state.language, ports)
      return messagePlan(hotline, state.language)
    },
    knock,
    answering,
  )
  if (done !== null) return done.result
  return isCallBack ? unavailablePlan(hotline, state) : messagePlan(hotline, state.language)
}
