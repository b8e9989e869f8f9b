import type { Answer } from '#contracts/answers'
import type { Language } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import type { FieldNames } from './field-names.ts'

/** About 100 m: near enough for a map, too far to name a house. */
const ROUNDING = 1_000

/** A published case for everyone: only redacted words, no house number, no exact point. */
export function presentAnswer(published: Case, lang: Language, fieldNames: FieldNames): Answer {
  const { place, response, publishedAt } = published
  const answeredAt = publishedAt ?? published.receivedAt
  return {
    code: published.code,
    field: published.field,
    fieldName: fieldNames(published.field, lang),
    agency: published.agency,
    unitName: place?.unitName ?? null,
    lat: rounded(place?.lat),
    lng: rounded(place?.lng),
    question: published.redactedText,
    response: response?.publicText ?? '',
    receivedAt: published.receivedAt.toISOString(),
    publishedAt: answeredAt.toISOString(),
    wasOnTime: published.dueAt === null || answeredAt <= published.dueAt,
    rating: published.rating?.score ?? null,
  }
}

function rounded(degrees: number | null | undefined): number | null {
  return degrees == null ? null : Math.round(degrees * ROUNDING) / ROUNDING
}
