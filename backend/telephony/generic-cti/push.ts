import { z } from 'zod'

export const PUSH_EVENTS = [
  'newCall',
  'ringing',
  'answer',
  'hangup',
  'recording',
  'calldata',
] as const

/** Numbers in JSON are written with or without quotes. */
const word = (max: number) =>
  z
    .union([z.string(), z.int()], { error: 'must be one text' })
    .transform((value) => String(value).replace(/\p{C}/gu, '').trim())
    .pipe(z.string().max(max, `must not be longer than ${String(max)} characters`))

/** Absent, null and empty say the same: the exchange does not know. */
const optional = (max: number) =>
  word(max)
    .nullish()
    .transform((value) => (value == null || value === '' ? null : value))

const seconds = optional(20).refine(
  (value) => value === null || /^\d{1,9}$/.test(value),
  'must be whole seconds',
)

const names = z
  .union([optional(250), z.array(word(250), { error: 'must be texts' }).max(100)], {
    error: 'must be a text or a list of texts',
  })
  .transform((value) => (value === null ? [] : [value].flat()))

const direction = z.enum(['in', 'out'], 'must be "in" or "out"')
const callId = optional(250).refine((id) => id !== null, 'is required')

/** What an exchange pushes, under the names of the contract; others are let go. */
const Fields = z.object({
  event: z.enum(PUSH_EVENTS, `must be one of ${PUSH_EVENTS.join(', ')}`),
  callId: callId.transform(String),
  direction: direction.nullish().transform((value) => value ?? null),
  from: optional(250),
  to: optional(250),
  user: names,
  answeringNumber: optional(250),
  cause: optional(100),
  recordingfile: optional(2_000),
  billsec: seconds,
  holdtime: seconds,
  status: optional(100),
  timestamp: optional(100),
})
export type Push = z.output<typeof Fields>

/** A push that keeps the contract, or what is wrong with which field. */
export function readPush(
  body: Readonly<Record<string, unknown>>,
): { readonly push: Push } | { readonly problem: string } {
  const parsed = Fields.safeParse(underOneName(body))
  if (!parsed.success) return { problem: parsed.error.issues.map(sentence).join('; ') }
  const missing = missingIn(parsed.data, body)
  return missing === null ? { push: parsed.data } : { problem: missing }
}

function sentence({ path, message }: z.core.$ZodIssue): string {
  return `${String(path[0])}: ${message}`
}

function underOneName(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { caller } = body
  // Some name the person who calls so, some the number that calls.
  const from = body['from'] ?? caller
  return {
    ...body,
    from,
    callId: body['callId'] ?? body['call_id'],
    user: body['user'] ?? body['user[]'] ?? (from === caller ? null : caller),
  }
}

const NEEDS_DIRECTION: readonly Push['event'][] = ['newCall', 'answer', 'hangup']

/** What one event needs and another does not. */
function missingIn(push: Push, body: Readonly<Record<string, unknown>>): string | null {
  if (push.direction === null && NEEDS_DIRECTION.includes(push.event)) {
    return 'direction: must be "in" or "out"'
  }
  // A caller who withholds the number leaves it empty.
  if (push.event === 'newCall' && push.from === null && body['from'] !== '') {
    return 'from: is required'
  }
  if (push.event === 'newCall' && push.to === null) return 'to: is required'
  if (push.event === 'recording' && push.recordingfile === null) {
    return 'recordingfile: is required'
  }
  return null
}
