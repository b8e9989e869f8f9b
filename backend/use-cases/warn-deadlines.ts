import type { Case } from '#domain/case'
import { SYSTEM } from '#domain/case'
import { closeCase, DISPUTE_WINDOW_DAYS, warnDeadline } from '#domain/case-response'
import { decisionOn } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { warningLevel } from '#domain/service-level'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

const DAY_MS = 86_400_000
/** No deadline is longer than this, so later cases cannot be half-way to theirs. */
const HORIZON_DAYS = 60
const BATCH = 500

/** Warns of deadlines at 50, 80 and 100 %. Answers how many cases were warned of. */
export async function warnDeadlines(ports: Ports): Promise<number> {
  const at = ports.now()
  const horizon = new Date(at.getTime() + HORIZON_DAYS * DAY_MS)
  const { calendar } = ports.settings()
  let warnedCount = 0
  let last: Case | undefined
  do {
    const batch = await ports.cases.findNearingDeadline(horizon, BATCH, last)
    for (const current of batch) {
      if (current.dueAt === null) continue
      const level = warningLevel(current.clockStartedAt, current.dueAt, at, calendar)
      if (level === 0 || level <= current.warnedLevel) continue
      const warned = warnDeadline(current, level, decisionOn(current, SYSTEM, at))
      if (await saveUnlessChanged(current, warned, ports)) warnedCount++
    }
    last = batch.length === BATCH ? batch.at(-1) : undefined
  } while (last !== undefined)
  return warnedCount
}

/** Closes published cases whose time to dispute is over. Answers how many. */
export async function closeSettled(ports: Ports): Promise<number> {
  const at = ports.now()
  const before = new Date(at.getTime() - DISPUTE_WINDOW_DAYS * DAY_MS)
  let closedCount = 0
  for (const current of await ports.cases.findPublishedBefore(before, BATCH)) {
    const closed = closeCase(current, decisionOn(current, SYSTEM, at))
    if (await saveUnlessChanged(current, closed, ports)) closedCount++
  }
  return closedCount
}

/** Somebody was faster: their change counts, and the next round looks again. */
async function saveUnlessChanged(current: Case, next: Case, ports: Ports): Promise<boolean> {
  try {
    await saveChange(current, next, ports)
    return true
  } catch (error) {
    if (error instanceof DomainError && error.refusal === 'version-stale') return false
    throw error
  }
}
