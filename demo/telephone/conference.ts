import type { WebhookSender } from './webhooks.ts'

/** Somebody in a conference. */
export type Participant = {
  readonly callSid: string
  readonly label: string | null
  /** Where the conference tells its events; only the first participant's counts. */
  readonly statusUrl: string | null
  /** Hears, and is heard by nobody. */
  readonly isMuted?: boolean
  /** The one participant who hears this one; null: everybody does. */
  readonly coaches?: string | null
  /** The conference is over, or this one was taken out. */
  readonly leave: () => void
}

/** Why somebody is no longer in a conference. */
export type LeaveReason =
  'participant_hung_up' | 'participant_updated_via_api' | 'conference_ended_via_api'

/** People who hear each other. */
export type Conference = {
  readonly sid: string
  readonly name: string
  readonly isInProgress: () => boolean
  readonly participants: () => readonly string[]
  readonly isHeld: (callSid: string) => boolean
  /** Who hears a participant now: everybody, one of them, or nobody. */
  readonly isHeardBy: (callSid: string) => readonly string[]
  join(participant: Participant): void
  /** Somebody left: by themselves, or because the product wanted their line elsewhere. */
  left(callSid: string, why?: LeaveReason): void
  /** Takes somebody out. */
  remove(callSid: string): void
  hold(callSid: string, isHeld: boolean): void
  end(): void
}

/** A conference that nobody has joined yet. */
export function openConference(
  name: string,
  { sid, accountSid, webhooks }: { sid: string; accountSid: string; webhooks: WebhookSender },
): Conference {
  const people = new Map<string, Participant & { isHeld: boolean }>()
  let statusUrl: string | null = null
  let seq = 0
  let isOver = false

  function tell(event: string, about: Participant | null, why: LeaveReason | null = null): void {
    if (statusUrl === null) return
    seq += 1
    webhooks.tell(statusUrl, {
      AccountSid: accountSid,
      ConferenceSid: sid,
      FriendlyName: name,
      SequenceNumber: String(seq),
      StatusCallbackEvent: event,
      ...(about !== null && {
        CallSid: about.callSid,
        ...(about.label !== null && { ParticipantLabel: about.label }),
        ...(why !== null && { ReasonParticipantLeft: why }),
      }),
    })
  }

  function forget(callSid: string, why: LeaveReason): Participant | null {
    const person = people.get(callSid)
    if (person === undefined) return null
    people.delete(callSid)
    tell('participant-leave', person, why)
    if (people.size === 0) {
      isOver = true
      tell('conference-end', null)
    }
    return person
  }

  return {
    sid,
    name,
    isInProgress: () => people.size > 0 && !isOver,
    participants: () => [...people.keys()],
    isHeld: (callSid) => people.get(callSid)?.isHeld ?? false,
    isHeardBy(callSid) {
      const person = people.get(callSid)
      if (person === undefined || person.isHeld || person.isMuted === true) return []
      const { coaches = null } = person
      const others = [...people.values()].filter((each) => each.callSid !== callSid && !each.isHeld)
      return others.map((each) => each.callSid).filter((sid) => coaches === null || sid === coaches)
    },
    join(participant) {
      isOver = false
      const isFirst = people.size === 0
      if (isFirst) statusUrl = participant.statusUrl ?? statusUrl
      people.set(participant.callSid, { ...participant, isHeld: false })
      if (people.size === 2) tell('conference-start', null)
      tell('participant-join', participant)
    },
    left: (callSid, why = 'participant_hung_up') => void forget(callSid, why),
    remove(callSid) {
      forget(callSid, 'participant_updated_via_api')?.leave()
    },
    hold(callSid, isHeld) {
      const person = people.get(callSid)
      if (person === undefined) return
      person.isHeld = isHeld
      tell(isHeld ? 'participant-hold' : 'participant-unhold', person)
    },
    end() {
      for (const callSid of [...people.keys()]) {
        forget(callSid, 'conference_ended_via_api')?.leave()
      }
    },
  }
}
