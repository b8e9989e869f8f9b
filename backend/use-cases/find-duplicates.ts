import { canSeeCase, type StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import type { Likeness } from '#domain/likeness'
import { isUnheard } from './open-case-of-call.ts'
import type { Ports } from './ports.ts'
import { printOf } from './print-case.ts'
import { viewCase } from './view-case.ts'

/** A case that is likely about the same incident, and why. */
export type LikelyDuplicate = Likeness & { readonly found: Case }

const DAY_MS = 86_400_000
/** An incident that was told longer ago is another one, or has been seen to. */
const WINDOW_DAYS = 60
const COMPARED = 300
/** More likely one incident than not. */
const LEAST_SCORE = 0.5
const LOOKED_AT = 20
const SHOWN = 5

/** Cases likely about the same incident as this one, likeliest first, as far as the person may see them. */
export async function findDuplicates(
  code: string,
  staff: StaffMember,
  ports: Ports,
): Promise<LikelyDuplicate[]> {
  const current = await viewCase(code, staff, ports)
  if (isUnheard(current)) return []
  const { sighting } = printOf(current, ports.likeness)
  const received = current.receivedAt.getTime()
  const candidates = await ports.casePrints.findSharing({
    keys: ports.likeness.sightingKeys(sighting),
    since: new Date(received - WINDOW_DAYS * DAY_MS),
    until: new Date(received + WINDOW_DAYS * DAY_MS),
    limit: COMPARED,
  })
  const likely = candidates
    .filter((candidate) => candidate.code !== current.code)
    .map((candidate) => ({
      code: candidate.code,
      ...ports.likeness.likeness(sighting, candidate.sighting),
    }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
    .slice(0, LOOKED_AT)
  const found = await Promise.all(
    likely.map(async (each) => ({ ...each, found: await ports.cases.findByCode(each.code) })),
  )
  return found
    .flatMap(({ found: other, score, reasons }) =>
      other !== null && canSeeCase(staff, other) ? [{ found: other, score, reasons }] : [],
    )
    .slice(0, SHOWN)
}
