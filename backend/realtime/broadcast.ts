import type { CaseChanged } from '#contracts/events'
import { isRestricted } from '#domain/access'
import type { Case, TimelineStep } from '#domain/case'
import { presentRow } from '#presenters/present-row'
import { agencyRoom, CENTRE_ROOM, type ConsoleServer, LEADS_ROOM } from './rooms.ts'

/** Tells every console concerned that a case changed; the newest version alone counts. */
export function broadcastCase(
  io: ConsoleServer,
  changed: Case,
  steps: readonly TimelineStep[],
): void {
  const last = steps.at(-1)
  if (last === undefined) return
  const event: CaseChanged = {
    name: last.type,
    code: changed.code,
    version: changed.version,
    at: last.at.toISOString(),
    row: presentRow(changed),
  }
  io.to(roomsOf(changed, steps)).emit('case:changed', event)
}

function roomsOf(changed: Case, steps: readonly TimelineStep[]): string[] {
  if (isRestricted(changed)) return [LEADS_ROOM]
  const agencies = [changed.agency?.id, leftAgencyId(changed, steps)]
  return [CENTRE_ROOM, LEADS_ROOM, ...agencies.filter((id) => id != null).map(agencyRoom)]
}

/** The agency that the case has just left: its consoles must drop the row. */
function leftAgencyId(changed: Case, steps: readonly TimelineStep[]): string | null {
  const earlier = changed.timeline.slice(0, changed.timeline.length - steps.length)
  const before = earlier.findLast((step) => step.agency !== null)?.agency?.id ?? null
  return before === changed.agency?.id ? null : before
}
