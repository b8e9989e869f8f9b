import { nextOffers } from '#domain/call-queue'
import type { Ports } from '../ports.ts'
import { offerCall } from './offer-call.ts'

/**
 * Rings every waiting call that has an agent for it, first in line first, at whoever was idle
 * longest. Several processes may do so at once. Answers how many it rang.
 */
export async function dispatchCalls(ports: Ports): Promise<number> {
  // Nobody could be connected.
  if (ports.callControl === null) return 0
  const waiting = await ports.calls.findWaiting()
  if (waiting.length === 0) return 0
  const agents = await ports.agents.list()
  let rung = 0
  for (const { call, agent } of nextOffers(waiting, agents, ports.now())) {
    if (await offerCall(call, agent, ports)) rung += 1
  }
  return rung
}
