import type { HotlineSettings } from '#contracts/hotline'
import { isHotlineOpen } from '#domain/hotline-settings'
import { type MenuNext, nextInMenu } from '#domain/ivr'
import { recordCallEvents } from '#use-cases/record-call'
import { rememberChoice } from '#use-cases/remember-choice'
import { callBackPlan, unavailablePlan, waitPlan } from './agent-ways.ts'
import { askInstead, askMenu, greetingPlan } from './ask-plans.ts'
import { messagePlan, say } from './call-plans.ts'
import { type CallerState, stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan, Gather } from './provider.ts'
import { beginStatus } from './status-door.ts'

/** A call comes in: greeted, whatever the database does. */
export async function answerVoice(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  await inTime(async () => recordCallEvents(knock.events, ports), knock, answering)
  return greetingPlan(ports.settings().hotline)
}

/** The caller chose in the menu, or said nothing. */
export async function answerMenu(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline, calendar } = ports.settings()
  const isOpen = isHotlineOpen(hotline, calendar, ports.now())
  const { language, tries } = stateIn(knock.query)
  const next = nextInMenu({ hotline, language, heard: knock.heard, tries, isOpen })
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      // Who asks for an agent enters the line in the same write.
      const isNoted = next.step === null || next.go === 'agent'
      if (!isNoted) await rememberChoice(knock.callId, next.step, next.language, ports)
      return goOn(next, knock, answering)
    },
    knock,
    answering,
  )
  const advice = next.isEmergency ? [say(hotline, next.language, 'emergency')] : []
  // Where the menu goes on with the menu, the words before belong to its question.
  if (next.go === 'menu') return menuAgain(hotline, next)
  return [...advice, ...(done?.result ?? goOnWithout(next, hotline))]
}

async function goOn(next: MenuNext, knock: Knock, answering: Answering): Promise<CallPlan> {
  const { hotline } = answering.ports.settings()
  const state = { language: next.language, tries: 0 }
  switch (next.go) {
    case 'agent':
      return waitPlan(knock, next, answering)
    case 'call-back':
      return callBackPlan(knock, state, answering)
    case 'hear-status':
      return beginStatus(knock, state, answering)
    case 'leave-report':
      await rememberChoice(knock.callId, 'leave-report', next.language, answering.ports)
      return leaveReport(hotline, next)
    case 'closed':
      return askInstead(hotline, state)
    case 'menu':
      return []
  }
}

/** The same without a database: a message can always be taken. */
function goOnWithout(next: MenuNext, hotline: HotlineSettings): CallPlan {
  const state = { language: next.language, tries: 0 }
  if (next.go === 'leave-report') return leaveReport(hotline, next)
  return next.go === 'closed' ? askInstead(hotline, state) : unavailablePlan(hotline, state)
}

function leaveReport(hotline: HotlineSettings, next: MenuNext): CallPlan {
  return [...apologies(hotline, next), ...messagePlan(hotline, next.language)]
}

function menuAgain(hotline: HotlineSettings, next: MenuNext): CallPlan {
  const state: CallerState = { language: next.language, tries: next.tries }
  const advice = next.isEmergency ? [say(hotline, next.language, 'emergency')] : []
  return askMenu(hotline, state, [...advice, ...apologies(hotline, next)])
}

function apologies(hotline: HotlineSettings, next: MenuNext): Gather['prompts'] {
  return next.isApologised ? [say(hotline, next.language, 'notUnderstood')] : []
}
