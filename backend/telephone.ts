import type { Dispatcher } from '#jobs/dispatcher'
import type { Job } from '#jobs/schedule'
import type { Ports } from '#use-cases/ports'
import type { TelephonePublisher } from '#use-cases/ports/telephony'
import { endOverdueOffers, endOverdueWrapUps } from '#use-cases/telephone/end-overdue'
import { sweepTelephone } from '#use-cases/telephone/sweep-telephone'

const SECOND_MS = 1_000

/** What the telephone does by the clock. */
export function telephoneJobs(ports: Ports, dispatcher: Dispatcher): Job[] {
  const wake = () => {
    dispatcher.wake()
    return Promise.resolve()
  }
  return [
    { name: 'ringing', everyMs: SECOND_MS, run: async () => endOverdueOffers(ports) },
    { name: 'wrap-ups', everyMs: SECOND_MS, run: async () => endOverdueWrapUps(ports) },
    // What another process changed wakes nobody here.
    { name: 'dispatch', everyMs: SECOND_MS, run: wake },
    { name: 'telephone', everyMs: 10 * SECOND_MS, run: async () => sweepTelephone(ports) },
  ]
}

/** Tells the consoles, and rings again where a call waits or an agent is free. */
export function wakingAt(
  consoles: () => TelephonePublisher,
  dispatcher: Dispatcher,
): TelephonePublisher {
  return {
    callChanged: (call) => {
      consoles().callChanged(call)
      if (call.state === 'queued') dispatcher.wake()
    },
    agentChanged: (agent) => {
      consoles().agentChanged(agent)
      if (agent.state === 'available') dispatcher.wake()
    },
    callOffered: (offered) => {
      consoles().callOffered(offered)
    },
    transcriptSaid: (agentId, said) => {
      consoles().transcriptSaid(agentId, said)
    },
    told: (agentId, refusal) => {
      consoles().told(agentId, refusal)
    },
  }
}
