import type { z } from 'zod'
import type { FieldError } from '#contracts/errors'
import type { Language } from '#contracts/vocabulary'
import { textsIn } from '#presenters/texts/in-language'
import { type FieldReason, fill } from '#presenters/texts/texts'

/** Input that does not keep its contract: every field that is wrong, in the caller's language. */
export class InvalidInput extends Error {
  readonly errors: readonly FieldError[]

  constructor(errors: readonly FieldError[]) {
    super('invalid input')
    this.name = 'InvalidInput'
    this.errors = errors
  }
}

/** Untrusted input becomes a typed value, or is refused with `InvalidInput`. */
export function parse<S extends z.ZodType>(
  contract: S,
  input: unknown,
  lang: Language,
): z.output<S> {
  const parsed = contract.safeParse(input, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new InvalidInput(parsed.error.issues.map((issue) => fieldError(issue, lang)))
}

type Issue = z.core.$ZodIssue
type Reason = { readonly reason: FieldReason; readonly values: Record<string, string | number> }

function fieldError(issue: Issue, lang: Language): FieldError {
  const { reason, values } = reasonOf(issue)
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return {
    pointer: pointerOf([...issue.path, ...unknownKey]),
    reason,
    detail: fill(textsIn(lang).fields[reason], values),
  }
}

/** RFC 6901: `/contact/phone`. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function reasonOf(issue: Issue): Reason {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { reason: 'required', values: {} }
        : { reason: 'type', values: { expected: issue.expected } }
    case 'too_small':
      return { reason: smallReason(issue.origin), values: { minimum: Number(issue.minimum) } }
    case 'too_big':
      return { reason: bigReason(issue.origin), values: { maximum: Number(issue.maximum) } }
    case 'unrecognized_keys':
      return { reason: 'unknown', values: { keys: issue.keys.join(', ') } }
    case 'invalid_value':
      return { reason: 'choice', values: { values: issue.values.map(String).join(', ') } }
    case 'invalid_format':
      return { reason: 'format', values: { format: issue.format } }
    case 'custom':
      return { reason: textReason(issue.params?.['reason']), values: {} }
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return { reason: 'invalid', values: {} }
  }
}

function smallReason(origin: string): FieldReason {
  return origin === 'string' ? 'too-short' : 'too-small'
}

function bigReason(origin: string): FieldReason {
  if (origin === 'string') return 'too-long'
  return origin === 'array' ? 'too-many' : 'too-big'
}

/** Reasons that contracts name themselves, as `params.reason`. */
const CUSTOM_REASONS = ['malformed-text', 'control-characters', 'repeated'] as const

function textReason(reason: unknown): FieldReason {
  return CUSTOM_REASONS.find((known) => known === reason) ?? 'invalid'
}
