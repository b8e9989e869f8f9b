import type { Call } from '#domain/call'
import { type Case, SYSTEM } from '#domain/case'
import { decisionOn, isLegal } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { summaryOf } from '#domain/open-case'
import { answerDueAt } from '#domain/service-level'
import { findRoute, takeRoute } from './find-route.ts'
import { findCaseOfCall, saidText } from './open-case-of-call.ts'
import { placeOf } from './place-case.ts'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

// Webhooks of one call come a few at a time.
const SAVE_ATTEMPTS = 5

/**
 * Puts what the caller said in the place of "there is a voice message", reads it and routes the case
 * anew: as long as no person has done anything with the case. Answers the case where it was filled,
 * now or before; null where there is nothing to fill it with. Safe to repeat.
 */
export async function fillCaseOfCall(call: Call, ports: Ports): Promise<Case | null> {
  const text = saidText(call)
  if (text === null) return null
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const current = await findCaseOfCall(call, ports)
    if (current === null || current.text === text || !isUntouched(current)) return current
    const next = await filled(current, text, ports)
    try {
      return await saveChange(current, next, ports)
    } catch (error) {
      if (!(error instanceof DomainError) || error.refusal !== 'version-stale') throw error
    }
  }
  throw new DomainError('conflict', 'version-stale')
}

/** Nobody but the system has done anything since the call opened it. */
function isUntouched(current: Case): boolean {
  const isOurs = current.timeline.every(
    ({ by, type }) => by.kind === 'system' || type === 'case:opened',
  )
  return isOurs && isLegal('route', current) && isLegal('triage', current)
}

async function filled(current: Case, text: string, ports: Ports): Promise<Case> {
  const { reader, gazetteer, now } = ports
  const { calendar, serviceLevels } = ports.settings()
  const understanding = await reader.read(text)
  const { kind, urgency, field, topic } = understanding
  const redactedText = reader.redact(text)
  const place = placeOf(undefined, understanding, gazetteer)
  const dueAt = answerDueAt(understanding, current.receivedAt, serviceLevels, calendar)
  const understood: Case = {
    ...current,
    ...{ text, redactedText, summary: summaryOf(redactedText) },
    ...{ understanding, kind, urgency, field, topic, place },
    dueAt: soonerOf(current.dueAt, dueAt),
  }
  const isSure = !understanding.abstain
  const route = await findRoute({ kind, field, topic, isSure, place }, ports)
  return takeRoute(understood, route, decisionOn(current, SYSTEM, now()))
}

/** The caller was told a day: it is not moved back. */
function soonerOf(told: Date | null, understood: Date | null): Date | null {
  if (told === null || understood === null) return told
  return understood < told ? understood : told
}
