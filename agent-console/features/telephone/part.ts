import type { CallView } from '#contracts/telephony'

/**
 * What a call asks of this agent now. `consult`: a colleague has it and asks them in; `joining`: it
 * is theirs and the line is on its way.
 */
export type Part = 'ringing' | 'joining' | 'talking' | 'consult' | 'wrapup'

/** This agent's part in a call; null where it asks nothing of them. */
export function partIn(call: CallView, agentId: string): Part | null {
  if (call.agent?.id === agentId) {
    if (call.wrapUpUntil !== null) return 'wrapup'
    if (call.state === 'talking' || call.state === 'held') return 'talking'
    return call.state === 'ended' || call.state === 'wrapup' ? null : 'joining'
  }
  if (call.state === 'ended') return null
  return offerTo(call, agentId) === null ? 'consult' : 'ringing'
}

/** The offer that rings at this agent; null where none does. */
export function offerTo(call: CallView, agentId: string): CallView['offers'][number] | null {
  const isTheirs = ({ agent, outcome }: CallView['offers'][number]) =>
    outcome === 'pending' && agent.id === agentId
  return call.offers.findLast(isTheirs) ?? null
}
