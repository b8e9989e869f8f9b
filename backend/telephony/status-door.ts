import type { Case } from '#domain/case'
import { parseCaseCode } from '#domain/case-code'
import { DomainError } from '#domain/errors'
import { isEmergencyHeard } from '#domain/ivr'
import { wrongCodeCount, wrongCodeStep } from '#domain/ivr-path'
import { spokenStatus } from '#presenters/spoken/spoken-status'
import { type CitizenKey, followReport } from '#use-cases/follow-report'
import { recordCallEvents } from '#use-cases/record-call'
import { rememberChoice } from '#use-cases/remember-choice'
import { unavailablePlan } from './agent-ways.ts'
import { askCode, askPin } from './ask-plans.ts'
import { goodbyePlan, messagePlan, say } from './call-plans.ts'
import { type CallerState, stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan } from './provider.ts'

/** Codes, PINs and silences in all, per call. */
const STATUS_TRIES = 3

/** Begins to ask for a code, unless the tries of this call are used. */
export async function beginStatus(
  knock: Knock,
  { language }: CallerState,
  answering: Answering,
): Promise<CallPlan> {
  const { ports } = answering
  const call = await ports.calls.findCall(knock.callId)
  const tries = call === null ? 0 : wrongCodeCount(call)
  if (tries >= STATUS_TRIES) return triesUsedPlan(knock, { language, tries }, answering)
  return askCode(ports.settings().hotline, { language, tries }, [])
}

/** A code was typed: the number that filed the case hears its status, others are asked for the PIN. */
export async function answerCaseCode(knock: Knock, answering: Answering): Promise<CallPlan> {
  const state = stateIn(knock.query)
  const { ports, guesses } = answering
  const { hotline } = ports.settings()
  if (isEmergencyHeard(hotline, knock.heard)) {
    return askCode(hotline, state, [say(hotline, state.language, 'emergency')])
  }
  return asked(knock, state, answering, async () => {
    const code = parseCaseCode(knock.heard.pressed ?? '')
    if (code === null) return wrongPlan(knock, state, answering)
    if (!(await guesses.take(knock, null))) return triesUsedPlan(knock, state, answering)
    const found = await openedBy(code, { pin: null, phone: knock.from }, answering)
    if (found === null) return askPin(hotline, state, code, [])
    await guesses.giveBack(knock, null, 1)
    return toldPlan(found, knock, state, answering)
  })
}

/** The PIN was typed. */
export async function answerCasePin(knock: Knock, answering: Answering): Promise<CallPlan> {
  const state = stateIn(knock.query)
  const { ports, guesses } = answering
  const { hotline } = ports.settings()
  const code = parseCaseCode(knock.query['code'] ?? '')
  if (code !== null && isEmergencyHeard(hotline, knock.heard)) {
    return askPin(hotline, state, code, [say(hotline, state.language, 'emergency')])
  }
  return asked(knock, state, answering, async () => {
    const pin = knock.heard.pressed
    if (code === null || pin === null) return wrongPlan(knock, state, answering)
    if (!(await guesses.take(knock, code))) return triesUsedPlan(knock, state, answering)
    const found = await openedBy(code, { pin, phone: null }, answering)
    if (found === null) return wrongPlan(knock, state, answering)
    // The guess at the code, too, was none.
    await guesses.giveBack(knock, code, 2)
    return toldPlan(found, knock, state, answering)
  })
}

async function asked(
  knock: Knock,
  state: CallerState,
  answering: Answering,
  answer: () => Promise<CallPlan>,
): Promise<CallPlan> {
  const { ports } = answering
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      return answer()
    },
    knock,
    answering,
  )
  return done?.result ?? unavailablePlan(ports.settings().hotline, state)
}

/** Unknown code, wrong PIN and a typing error sound the same. */
async function openedBy(code: string, key: CitizenKey, { ports }: Answering): Promise<Case | null> {
  try {
    return await followReport(code, key, ports)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null
    throw error
  }
}

async function toldPlan(
  found: Case,
  { callId }: Knock,
  { language }: CallerState,
  { ports }: Answering,
): Promise<CallPlan> {
  const { hotline } = ports.settings()
  await rememberChoice(callId, 'status:heard', language, ports)
  const sentences = spokenStatus(hotline, language, found)
  return goodbyePlan([
    ...sentences.map((text) => ({ type: 'say', lang: language, text }) as const),
    say(hotline, language, 'goodbye'),
  ])
}

async function wrongPlan(
  knock: Knock,
  { language, tries }: CallerState,
  answering: Answering,
): Promise<CallPlan> {
  const { ports } = answering
  const state = { language, tries: tries + 1 }
  await rememberChoice(knock.callId, wrongCodeStep(state.tries), language, ports)
  if (state.tries >= STATUS_TRIES) return triesUsedPlan(knock, state, answering)
  const { hotline } = ports.settings()
  return askCode(hotline, state, [say(hotline, language, 'codeWrong')])
}

async function triesUsedPlan(
  { callId }: Knock,
  { language }: CallerState,
  { ports }: Answering,
): Promise<CallPlan> {
  const { hotline } = ports.settings()
  await rememberChoice(callId, 'leave-report', language, ports)
  return [say(hotline, language, 'triesUsed'), ...messagePlan(hotline, language)]
}
