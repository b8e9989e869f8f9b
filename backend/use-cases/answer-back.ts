import type { NewDispute, NewRating, NewSupplement } from '#contracts/reports'
import type { Case } from '#domain/case'
import { CITIZEN } from '#domain/case'
import { decisionOn, withdrawCase } from '#domain/case-life'
import { disputeCase, rateCase, supplementCase } from '#domain/case-response'
import { answerDueAt } from '#domain/service-level'
import { type CitizenKey, followReport } from './follow-report.ts'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

/** The citizen rates the answer; the case closes. */
export async function rateReport(
  code: string,
  key: CitizenKey,
  rating: NewRating,
  ports: Ports,
): Promise<Case> {
  const current = await followReport(code, key, ports)
  const decision = decisionOn(current, CITIZEN, ports.now())
  const rated = rateCase(current, rating.score, rating.comment ?? null, decision)
  return saveChange(current, rated, ports)
}

/** The citizen says it is not solved; the case reopens and the clock starts again. */
export async function disputeReport(
  code: string,
  key: CitizenKey,
  dispute: NewDispute,
  ports: Ports,
): Promise<Case> {
  const current = await followReport(code, key, ports)
  const at = ports.now()
  const { calendar, serviceLevels } = ports.settings()
  const dueAt = answerDueAt(current, at, serviceLevels, calendar)
  const reopened = disputeCase(current, dispute.reason, dueAt, decisionOn(current, CITIZEN, at))
  return saveChange(current, reopened, ports)
}

/** The citizen adds something. */
export async function supplementReport(
  code: string,
  key: CitizenKey,
  supplement: NewSupplement,
  ports: Ports,
): Promise<Case> {
  const current = await followReport(code, key, ports)
  const decision = decisionOn(current, CITIZEN, ports.now())
  return saveChange(current, supplementCase(current, supplement.text, decision), ports)
}

/** The citizen takes the report back. */
export async function withdrawReport(code: string, key: CitizenKey, ports: Ports): Promise<Case> {
  const current = await followReport(code, key, ports)
  const decision = decisionOn(current, CITIZEN, ports.now())
  return saveChange(current, withdrawCase(current, decision), ports)
}
