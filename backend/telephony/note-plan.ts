import { letGoBy } from '#domain/call-end'
import { consentTo } from '#domain/call-record'
import type { Call } from '#domain/call'
import type { Ports } from '#use-cases/ports'
import { changeCall } from '#use-cases/save-call'
import type { Told } from './door.ts'
import type { CallPlan, CallStep } from './provider.ts'

/**
 * Keeps what an answer says of the call's record: that we let the line go, or the caller did while
 * they waited; that they were told of the recording. For who reads the record later; nothing else
 * depends on it, so nobody waits for it.
 */
export async function notePlan(told: Told, plan: CallPlan, at: Date, ports: Ports): Promise<void> {
  const changes = changesOf(told, plan, at)
  if (changes.length === 0) return
  await changeCall(
    told.callId,
    (call) => changes.reduce((current, change) => change(current), call),
    ports,
  )
}

type Change = (call: Call) => Call

function changesOf({ events, queueResult }: Told, plan: CallPlan, at: Date): Change[] {
  const isOver = events.some(({ type }) => type === 'ended')
  if (queueResult === 'hung-up') return [(call) => letGoBy(call, 'citizen', at)]
  if (isOver) return []
  if (isFarewell(plan)) return [(call) => letGoBy(call, 'system', wordsEnd(plan, at))]
  const isTalkTold = plan.some((step) => step.type === 'say' && step.isRecordingNotice === true)
  return [
    ...(plan.some(({ type }) => type === 'record') ? [consent('message', at)] : []),
    ...(isTalkTold ? [consent('talk', at)] : []),
  ]
}

function consent(what: 'message' | 'talk', at: Date): Change {
  return (call) => consentTo(call, what, at)
}

const WITHOUT_CALLER: ReadonlySet<CallStep['type']> = new Set(['say', 'play', 'pause', 'hang-up'])

/** No voice is faster: before this many characters were said nobody but the caller hangs up. */
const CHARACTERS_A_SECOND = 25

/** When the last words can be over at the earliest; the company does not tell who hung up. */
function wordsEnd(plan: CallPlan, at: Date): Date {
  const length = plan.reduce((sum, step) => sum + (step.type === 'say' ? step.text.length : 0), 0)
  return new Date(at.getTime() + (length / CHARACTERS_A_SECOND) * 1_000)
}

/** True where the caller is only spoken to until the line is let go. */
function isFarewell(plan: CallPlan): boolean {
  return plan.at(-1)?.type === 'hang-up' && plan.every(({ type }) => WITHOUT_CALLER.has(type))
}
