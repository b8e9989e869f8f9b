import type { HotlineSettings } from '#contracts/hotline'
import type { CallBackState } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import type { NamedRef } from './case.ts'
import { DomainError } from './errors.ts'
import { DAY_MS, VIETNAM_OFFSET_MS } from './epoch-day.ts'

/** A promise to call back, as kept. */
export type CallBack = {
  readonly id: string
  readonly version: number
  readonly state: CallBackState
  readonly phone: string
  readonly reason: 'asked' | 'missed' | 'provider-down' | 'agent'
  readonly language: Language
  readonly field: string | null
  readonly callId: string | null
  readonly caseCode: string | null
  readonly dueAt: Date
  readonly attempts: readonly { readonly at: Date; readonly outcome: string; readonly by: string }[]
  readonly assignedTo: NamedRef | null
}

/** When nobody is called, and how often somebody is tried. */
export type CallBackRules = Pick<
  HotlineSettings['outbound'],
  'quietFrom' | 'quietUntil' | 'callBackAttempts'
>

/** What is known when a call-back is promised. */
export type Promised = Pick<
  CallBack,
  'id' | 'phone' | 'reason' | 'language' | 'field' | 'callId' | 'caseCode'
>

const MINUTE_MS = 60_000
/** After each attempt in vain the next comes later; the last of these holds for all further ones. */
const MINUTES_BETWEEN = [15, 60, 240] as const

/** A new promise, due at `at` or when the quiet hours are over. */
export function promiseCallBack(promised: Promised, at: Date, rules: CallBackRules): CallBack {
  return {
    ...promised,
    version: 1,
    state: 'due',
    dueAt: afterQuietHours(at, rules),
    attempts: [],
    assignedTo: null,
  }
}

/** An agent calls now. Refuses where another does already, or where it is settled. */
export function beginCallBack(callBack: CallBack, by: NamedRef): CallBack {
  const { state, assignedTo } = callBack
  if (state === 'calling' && assignedTo !== null) {
    if (assignedTo.id === by.id) return callBack
    throw new DomainError('conflict', 'call-taken', { by: assignedTo.name })
  }
  mustBeOpen(callBack)
  return changed(callBack, { state: 'calling', assignedTo: { id: by.id, name: by.name } })
}

/** The citizen was talked to: the promise is kept. */
export function callBackReached(callBack: CallBack, by: NamedRef, at: Date): CallBack {
  if (callBack.state === 'reached') return callBack
  mustBeOpen(callBack)
  return changed(callBack, { state: 'reached', attempts: attempted(callBack, 'reached', by, at) })
}

/**
 * Nobody answered, or the line was busy (`outcome`): due again later, outside quiet hours; given up
 * once the attempts are used.
 */
export function callBackMissed(
  callBack: CallBack,
  outcome: string,
  by: NamedRef,
  at: Date,
  rules: CallBackRules,
): CallBack {
  mustBeOpen(callBack)
  const attempts = attempted(callBack, outcome, by, at)
  if (attempts.length >= rules.callBackAttempts) {
    return changed(callBack, { state: 'given-up', attempts })
  }
  const minutes = MINUTES_BETWEEN[attempts.length - 1] ?? MINUTES_BETWEEN[2]
  const dueAt = afterQuietHours(new Date(at.getTime() + minutes * MINUTE_MS), rules)
  return changed(callBack, { state: 'due', attempts, dueAt, assignedTo: null })
}

/** Nobody needs to be called any more. */
export function cancelCallBack(callBack: CallBack): CallBack {
  if (callBack.state === 'canceled') return callBack
  mustBeOpen(callBack)
  return changed(callBack, { state: 'canceled' })
}

/** `at`, or the end of the quiet hours that it falls into (Vietnam's time of day). */
export function afterQuietHours(
  at: Date,
  { quietFrom, quietUntil }: Pick<CallBackRules, 'quietFrom' | 'quietUntil'>,
): Date {
  const from = msOfDay(quietFrom)
  const until = msOfDay(quietUntil)
  const local = at.getTime() + VIETNAM_OFFSET_MS
  const ofDay = ((local % DAY_MS) + DAY_MS) % DAY_MS
  const midnight = local - ofDay
  // Quiet hours usually span midnight: `21:00` until `07:30`.
  const isQuiet = from <= until ? from <= ofDay && ofDay < until : ofDay >= from || ofDay < until
  if (!isQuiet) return at
  const day = ofDay < until ? midnight : midnight + DAY_MS
  return new Date(day + until - VIETNAM_OFFSET_MS)
}

function msOfDay(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return (hours * 60 + minutes) * MINUTE_MS
}

function mustBeOpen({ state }: CallBack): void {
  if (state === 'due' || state === 'calling') return
  throw new DomainError('not-found', 'call-back-not-found')
}

function attempted(
  { attempts }: CallBack,
  outcome: string,
  by: NamedRef,
  at: Date,
): CallBack['attempts'] {
  return [...attempts, { at, outcome, by: by.name }]
}

function changed(callBack: CallBack, change: Partial<CallBack>): CallBack {
  return { ...callBack, ...change, version: callBack.version + 1 }
}
