import type { ReportPreview } from '#contracts/reports'
import type { TriageReason } from '#contracts/vocabulary'
import type { Case, NamedRef, Place } from '#domain/case'
import type { Understanding } from '#domain/understanding'
import { type CitizenView, daysLeft } from './present-status.ts'
import { textsIn } from './texts/in-language.ts'

/** What a preview use case found; structurally its result. */
export type PreviewFacts = {
  readonly understanding: Understanding
  readonly route:
    | { readonly to: 'agency'; readonly agency: NamedRef }
    | { readonly to: 'triage'; readonly reason: TriageReason }
  readonly place: Place | null
  readonly isPlaceCertain: boolean
  readonly dueAt: Date | null
  readonly similar: readonly { readonly found: Case; readonly distanceMeters: number | null }[]
}

const ALTERNATIVES_SHOWN = 3

/** What we understood, for the citizen to correct before sending. */
export function presentPreview(
  facts: PreviewFacts,
  at: Date,
  { lang, fieldNames, calendar }: CitizenView,
): ReportPreview {
  const { understanding, route, place } = facts
  return {
    kind: understanding.kind,
    field: understanding.field,
    fieldName: fieldNames(understanding.field, lang),
    confidence: understanding.confidence,
    isSure: !understanding.abstain,
    alternatives: understanding.alternatives.slice(0, ALTERNATIVES_SHOWN).map(({ field }) => ({
      field,
      fieldName: fieldNames(field, lang) ?? field,
    })),
    urgency: understanding.urgency,
    agency: route.to === 'agency' ? route.agency : null,
    triageReason: route.to === 'triage' ? route.reason : null,
    dueAt: facts.dueAt?.toISOString() ?? null,
    workingDaysLeft: daysLeft(at, facts.dueAt, calendar),
    place: placeOf(place, facts.isPlaceCertain),
    hasPersonalData: understanding.personalData.length > 0,
    emergencyAdvice: understanding.urgency === 'emergency' ? textsIn(lang).emergencyAdvice : null,
    similar: facts.similar.map(({ found, distanceMeters }) => ({
      summary: found.summary,
      status: found.status,
      receivedAt: found.receivedAt.toISOString(),
      distanceMeters,
      agencyName: found.agency?.name ?? null,
    })),
  }
}

function placeOf(place: Place | null, isGiven: boolean): ReportPreview['place'] {
  const unitCode = place?.unitCode ?? place?.provinceCode
  if (unitCode == null || place?.unitName == null) return null
  return { unitCode, name: place.unitName, certain: isGiven }
}
