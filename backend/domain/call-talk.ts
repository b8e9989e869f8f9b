import type { MonitorMode } from '#contracts/call-record'
import type { Disposition } from '#contracts/telephony'
import type { Call, Leg, TransferUnderWay } from './call.ts'
import type { NamedRef } from './case.ts'
import { DomainError } from './errors.ts'

/** Music for the caller. A call that is held already stays as it is. */
export function holdCall(call: Call, at: Date): Call {
  if (call.heldSince !== null) return call
  if (call.state !== 'talking') throw new DomainError('not-allowed-now', 'call-over')
  return changed(call, { state: 'held', heldSince: at })
}

/** Back to the talk; the time on hold is counted. */
export function resumeCall(call: Call, at: Date): Call {
  if (call.heldSince === null) return call
  return changed(call, { ...afterHold(call, at), state: 'talking' })
}

/** The call is another agent's from now on. */
export function handOver(call: Call, agent: NamedRef, at: Date): Call {
  const { id, name } = agent
  return changed(call, { ...afterHold(call, at), agent: { id, name } })
}

/**
 * The line is free; the agent has `seconds` to write down what came of the call. A call that no
 * agent had, or that is wrapped up already, stays as it is.
 */
export function beginWrapUp(call: Call, seconds: number, at: Date): Call {
  if (call.agent === null || call.answeredAt === null || call.wrapUp !== null) return call
  const until = new Date(at.getTime() + seconds * 1_000)
  return changed(call, {
    ...afterHold(call, at),
    state: 'wrapup',
    wrapUp: { since: at, until, doneAt: null },
  })
}

/** The line could not be let go: the talk goes on. */
export function takeBackHangUp(call: Call): Call {
  if (call.endedAt !== null || (call.wrapUp === null && call.letGo == null)) return call
  const isTalk = call.wrapUp !== null
  return changed(call, { letGo: null, ...(isTalk && { state: 'talking', wrapUp: null }) })
}

/** Who is called into a call, on which line; `monitor` for a supervisor. */
export type CalledIn = {
  readonly legRef: string
  /** Null: somebody outside. */
  readonly who: NamedRef | null
  readonly monitor?: MonitorMode
}

/** Somebody is called into the call. Known already where an event was quicker. */
export function callIn(call: Call, { legRef, who, monitor }: CalledIn, at: Date): Call {
  const known = call.legs.find(({ ref }) => ref === legRef)
  if (known?.rungAt !== undefined) return call
  const leg: Leg = {
    ...{ answeredAt: null, leftAt: null, cause: null },
    ...known,
    ref: legRef,
    agentRef: who?.id ?? null,
    ...(who !== null && { name: who.name }),
    ...(monitor !== undefined && { monitor }),
    rungAt: at,
  }
  const legs = [...call.legs.filter(({ ref }) => ref !== legRef), leg].sort((a, b) =>
    a.ref < b.ref ? -1 : 1,
  )
  return changed(call, { legs })
}

/** A colleague, or somebody outside, is called in to take the call over. */
export function beginTransfer(call: Call, transfer: TransferUnderWay): Call {
  const called = callIn(call, { legRef: transfer.legRef, who: transfer.agent }, transfer.since)
  return changed(called, { transfer })
}

/** Nobody is called in any more. */
export function endTransfer(call: Call): Call {
  return call.transfer == null ? call : changed(call, { transfer: null })
}

// Nobody is kept from the queue for longer than an administrator may set.
const LONGEST_WRAP_UP_MS = 1_800_000

/** The agent has `seconds` more to write down what came of the call, up to half an hour in all. */
export function extendWrapUp(call: Call, seconds: number, at: Date): Call {
  const { wrapUp } = call
  if (wrapUp === null || wrapUp.doneAt !== null) {
    throw new DomainError('not-allowed-now', 'call-over')
  }
  const from = Math.max(wrapUp.until.getTime(), at.getTime())
  const latest = wrapUp.since.getTime() + LONGEST_WRAP_UP_MS
  const until = new Date(Math.min(from + seconds * 1_000, latest))
  return until > wrapUp.until ? changed(call, { wrapUp: { ...wrapUp, until } }) : call
}

/** What came of it, told by the agent; null where their time was up. */
export function finishWrapUp(
  call: Call,
  told: { readonly disposition: Disposition; readonly note: string | null } | null,
  at: Date,
): Call {
  if (call.wrapUp === null) throw new DomainError('not-allowed-now', 'call-over')
  const { doneAt } = call.wrapUp
  return changed(call, {
    state: 'ended',
    wrapUp: { ...call.wrapUp, doneAt: doneAt ?? at },
    disposition: told?.disposition ?? call.disposition,
    wrapUpNote: told?.note ?? call.wrapUpNote,
  })
}

/** Refuses a call that is not this agent's. */
export function mustBeTheirs(call: Call, agentId: string): void {
  if (call.agent?.id !== agentId) throw new DomainError('forbidden', 'call-not-yours')
}

function afterHold(call: Call, at: Date): Pick<Call, 'heldSince' | 'holdSeconds'> {
  const { heldSince, holdSeconds } = call
  const seconds =
    heldSince === null ? 0 : Math.max(0, Math.round((at.getTime() - heldSince.getTime()) / 1_000))
  return { heldSince: null, holdSeconds: holdSeconds + seconds }
}

function changed(call: Call, change: Partial<Call>): Call {
  return { ...call, ...change, version: call.version + 1 }
}
