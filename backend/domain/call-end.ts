import type { CallEnder, EndCause } from '#contracts/calls'
import type { Call, CallDirection, CallEvent, LetGo } from './call.ts'
import { isOfExchange } from './exchange-call.ts'

/** Notes who lets the line go, before its end is told. Who was first stays. */
export function letGoBy(call: Call, by: CallEnder, at: Date): Call {
  const letGo = first(call.letGo, { by, at })
  return letGo === call.letGo ? call : { ...call, letGo, version: call.version + 1 }
}

/** The same for an event: the citizen is seen leaving a talk. */
export function letGoAfter(known: Pick<Call, 'letGo'>, event: CallEvent): Pick<Call, 'letGo'> {
  if (event.type !== 'citizen-left') return {}
  return { letGo: first(known.letGo, { by: 'citizen', at: event.at }) }
}

/**
 * Who hung up first; null while the call goes on, and where an exchange of one's own does not say.
 * An end that came before anyone's hanging up was noted is what its cause says it is.
 */
export function enderOf(call: Call): CallEnder | null {
  const { endedAt, cause, letGo, direction } = call
  if (endedAt === null || cause === null) return null
  if (letGo != null && secondOf(letGo.at) <= secondOf(endedAt)) return letGo.by
  if (isOfExchange(call) && cause === 'completed') return null
  return ENDER_OF[cause](direction)
}

const ENDER_OF: Record<EndCause, (direction: CallDirection | null) => CallEnder> = {
  completed: () => 'citizen',
  busy: () => 'citizen',
  failed: () => 'company',
  // A citizen who is called is rung at for as long as we say.
  no_answer: (direction) => (direction === 'outbound' ? 'system' : 'citizen'),
  canceled: (direction) => (direction === 'outbound' ? 'agent' : 'citizen'),
  forwarded: () => 'company',
  congestion: () => 'company',
  not_found: () => 'company',
}

/** Providers tell whole seconds, our own clock tells more. */
function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000)
}

function first(known: LetGo | null | undefined, next: LetGo): LetGo {
  return known == null || next.at.getTime() < known.at.getTime() ? next : known
}
