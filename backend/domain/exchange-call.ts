import type { Call, CallEvent } from './call.ts'

/** The provider of calls that a telephone exchange leads itself and only tells us of. */
export const EXCHANGE_PROVIDER = 'cti'

/** True for a call that we watch: no voice menu of ours answers it, and no button of ours ends it. */
export function isOfExchange({ provider }: Pick<Call, 'provider'>): boolean {
  return provider === EXCHANGE_PROVIDER
}

/** Everyone at whose telephone the call was said to ring, in whatever order it was told. */
export function rungAfter(known: Call, event: CallEvent): Pick<Call, 'rungAgents'> {
  const rung = new Set([...(known.rungAgents ?? []), ...(event.rungAgents ?? [])])
  return rung.size === 0 ? {} : { rungAgents: [...rung].sort() }
}

/** Whose screens show the call: those it rings at, then whoever picked up. */
export function popsUpAt(call: Call): readonly string[] {
  if (!isOfExchange(call) || call.endedAt !== null) return []
  if (call.answeredAt === null) return call.rungAgents ?? []
  return call.answeredBy === null ? [] : [call.answeredBy.agentRef]
}
