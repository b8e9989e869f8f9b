import type { FieldError, Problem } from '#contracts/errors'
import { CASE_STATUSES, type ErrorCode, type Language } from '#contracts/vocabulary'
import type { DomainError, Refusal } from '#domain/errors'
import { StaleVersion } from '#domain/stale-version'
import { nameOf } from './present-case.ts'
import { textsIn } from './texts/in-language.ts'
import { fill } from './texts/texts.ts'

/** HTTP status of each refusal code. */
const STATUS_OF: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-allowed-now': 409,
  'too-large': 413,
  'unsupported-media': 415,
  'too-many-requests': 429,
  'proof-of-work-required': 428,
  unavailable: 503,
  'storage-full': 507,
  unexpected: 500,
}

const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  unavailable: 5,
  'storage-full': 300,
}

/** A refusal as RFC 9457 problem details in the caller's language. */
export function presentProblem(error: DomainError, lang: Language): Problem {
  const sentence = refusalSentence(error.refusal, error.details, lang)
  const retryAfter = error.details['seconds'] ?? RETRY_AFTER_SECONDS[error.code]
  return {
    ...problemHead(error.code, lang),
    detail: sentence,
    ...(typeof retryAfter === 'number' ? { retryAfterSeconds: retryAfter } : {}),
    ...(error.pointer === null
      ? {}
      : { errors: [{ pointer: error.pointer, reason: error.refusal, detail: sentence }] }),
    ...(error instanceof StaleVersion ? staleDetails(error) : {}),
  }
}

/** Refused input: the list of fields with what is wrong in each. */
export function presentInvalid(errors: readonly FieldError[], lang: Language): Problem {
  const detail = textsIn(lang).refusals['input-invalid']
  return { ...problemHead('invalid', lang), detail, errors: [...errors] }
}

/** The sentence of a refusal. */
export function refusalSentence(
  refusal: Refusal,
  details: DomainError['details'],
  lang: Language,
): string {
  const texts = textsIn(lang)
  const status = CASE_STATUSES.find((known) => known === details['status'])
  return fill(texts.refusals[refusal], {
    ...details,
    ...(status === undefined ? {} : { status: texts.status[status] }),
  })
}

function problemHead(code: ErrorCode, lang: Language) {
  return {
    type: `/api/docs#problem-${code}`,
    title: textsIn(lang).titles[code],
    status: STATUS_OF[code],
    code,
  }
}

function staleDetails(error: StaleVersion) {
  return {
    currentVersion: error.currentVersion,
    changes: error.changes.map((step) => ({
      at: step.at.toISOString(),
      type: step.type,
      by: nameOf(step.by),
    })),
  }
}
