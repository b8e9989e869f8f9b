import type { HotlineSettings } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { askForCallBack } from '#use-cases/ask-for-call-back'
import { rememberChoice } from '#use-cases/remember-choice'
import { enterQueue } from '#use-cases/wait-for-agent'
import { goodbyePlan, messagePlan, recordingNotice, say } from './call-plans.ts'
import type { CallerState } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import type { CallPlan } from './provider.ts'

/** Into the line for an agent, by the choice `step`; a message where too many wait. */
export async function waitPlan(
  { callId }: Knock,
  { step, language }: { readonly step: string | null; readonly language: Language },
  { ports }: Answering,
): Promise<CallPlan> {
  const { hotline } = ports.settings()
  const entered = await enterQueue(callId, { field: null, language, step }, ports)
  if (entered === 'full') {
    await rememberChoice(callId, 'leave-report', language, ports)
    return [say(hotline, language, 'queueFull'), ...messagePlan(hotline, language)]
  }
  return [
    say(hotline, language, 'connecting'),
    ...recordingNotice(hotline, [language]),
    { type: 'wait-in-queue' },
  ]
}

/** A promise to call back; a message where the number cannot be called. */
export async function callBackPlan(
  { callId }: Knock,
  { language }: CallerState,
  { ports }: Answering,
): Promise<CallPlan> {
  const { hotline } = ports.settings()
  if (await askForCallBack(callId, language, ports)) return promisedPlan(hotline, { language })
  await rememberChoice(callId, 'leave-report', language, ports)
  return [say(hotline, language, 'callBackImpossible'), ...messagePlan(hotline, language)]
}

/** The promise is kept in the database: told, and the call is over. */
export function promisedPlan(
  hotline: HotlineSettings,
  { language }: Pick<CallerState, 'language'>,
): CallPlan {
  return goodbyePlan([
    say(hotline, language, 'callBackPromised'),
    say(hotline, language, 'goodbye'),
  ])
}

/** What the caller wanted cannot be done now; a message always can. */
export function unavailablePlan(
  hotline: HotlineSettings,
  { language }: Pick<CallerState, 'language'>,
): CallPlan {
  return [say(hotline, language, 'unavailable'), ...messagePlan(hotline, language)]
}
