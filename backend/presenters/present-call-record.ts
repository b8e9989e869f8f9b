import type { CallRecord, LegView, RecordingView, TransferView } from '#contracts/call-record'
import { canSeeRestricted, type StaffMember } from '#domain/access'
import type { Call, Leg } from '#domain/call'
import { isOnLine } from '#domain/call-people'
import { consentAtOf, recordOf } from '#domain/call-record'
import { isOfExchange } from '#domain/exchange-call'
import type { NamedRef } from '#domain/case'

/** What a call came to. What it cost is the supervisors'. */
export function presentRecord(call: Call, staff: StaffMember): CallRecord {
  return {
    ...recordOf(call),
    cause: call.cause,
    region: call.region ?? null,
    cost: canSeeRestricted(staff) ? (call.cost ?? null) : null,
  }
}

/** The other lines of a call. A supervisor who listens is shown to supervisors. */
export function presentLegs(call: Call, staff: StaffMember): LegView[] {
  return call.legs
    .filter(({ monitor }) => monitor === undefined || canSeeRestricted(staff))
    .map((leg) => ({
      agent: agentOf(leg, call),
      monitor: leg.monitor ?? null,
      rungAt: leg.rungAt?.toISOString() ?? null,
      answeredAt: leg.answeredAt?.toISOString() ?? null,
      leftAt: leg.leftAt?.toISOString() ?? null,
      cause: leg.cause,
    }))
}

/** Somebody who is called in to take the call over; null where nobody is. */
export function presentTransfer(call: Call): TransferView | null {
  const { transfer } = call
  if (transfer == null) return null
  return {
    agent: transfer.agent,
    isWarm: transfer.isWarm,
    since: transfer.since.toISOString(),
    isThere: isOnLine(call, transfer.legRef),
  }
}

/** Recordings, with when the citizen was told of them and when they were deleted. */
export function presentRecordings(call: Call): RecordingView[] {
  return call.recordings.map((recording) => ({
    ref: recording.ref,
    seconds: recording.durationSeconds,
    // The company's are played from there; an exchange's only once they are here.
    isPlayable:
      recording.state === 'completed' &&
      recording.deletedAt === undefined &&
      (recording.kept !== undefined || !isOfExchange(call)),
    problem: recording.problem ?? null,
    consentAt: consentAtOf(call, recording)?.toISOString() ?? null,
    deletedAt: recording.deletedAt?.toISOString() ?? null,
  }))
}

/** Whose line it is, by any name that the call knows them by; null: somebody outside. */
function agentOf({ agentRef, name }: Leg, call: Call): NamedRef | null {
  if (agentRef === null) return null
  if (name !== undefined) return { id: agentRef, name }
  const known = [call.agent, call.placedBy, ...call.offers.map(({ agent }) => agent)]
  const found = known.find((each) => each?.id === agentRef)
  return { id: agentRef, name: found?.name ?? agentRef }
}
