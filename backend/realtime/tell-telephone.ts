import type { Wallboard } from '#contracts/telephony'
import type { Call } from '#domain/call'
import { presentAgent } from '#presenters/present-agent'
import type { TelephonePublisher } from '#use-cases/ports/telephony'
import { CENTRE_ROOM, type ConsoleServer, LEADS_ROOM, staffRoom } from './rooms.ts'

/** Tells the consoles of the centre what happens at the telephone; no personal data but names of staff. */
export function tellTelephone(io: ConsoleServer): TelephonePublisher {
  return {
    callChanged: (call) => {
      io.to([CENTRE_ROOM, LEADS_ROOM]).emit('call:changed', changeOf(call))
    },
    callOffered: ({ callId, agentId, until }) => {
      io.to(staffRoom(agentId)).emit('call:offered', { id: callId, until: until.toISOString() })
    },
    agentChanged: (agent) => {
      io.to([CENTRE_ROOM, LEADS_ROOM]).emit('agent:changed', presentAgent(agent))
    },
    transcriptSaid: (agentId, said) => {
      io.to(staffRoom(agentId)).emit('transcript:said', said)
    },
    told: (agentId, refusal) => {
      io.to(staffRoom(agentId)).emit('telephone:told', { refusal })
    },
  }
}

function changeOf({ id, version, state, endedAs, agent }: Call) {
  return { id, version, state, endedAs, agentId: agent?.id ?? null }
}

/** The whole wall, for supervisors and administrators. */
export function tellWall(io: ConsoleServer, wallboard: Wallboard): void {
  io.to(LEADS_ROOM).emit('wallboard:changed', wallboard)
}
