import type { EndCause } from '#contracts/calls'
import type { WebhookFields } from '../provider.ts'
import { partyNumber } from './caller-number.ts'

/** How a leg's last status names the end of it. */
export const CAUSE_OF = new Map<string, EndCause>([
  ['completed', 'completed'],
  ['busy', 'busy'],
  ['failed', 'failed'],
  ['no-answer', 'no_answer'],
  ['canceled', 'canceled'],
])

/** An identifier; null where absent, given twice, or nothing that an identifier can be. */
export function refIn(fields: WebhookFields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : null
}

/** The first value of a field. */
export function textIn(fields: WebhookFields, name: string): string | null {
  const value = fields[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}

/** A whole number from 0 up. */
export function numberIn(fields: WebhookFields, name: string): number | null {
  const text = textIn(fields, name)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** A party's number as we keep it. */
export function partyIn(fields: WebhookFields, name: string): string | null {
  const text = textIn(fields, name)
  return text === null ? null : partyNumber(text)
}

/** An address that is one. */
export function urlIn(fields: WebhookFields, name: string): string | null {
  const text = textIn(fields, name)
  return text !== null && text.length <= 2_000 && URL.canParse(text) ? text : null
}

const PLAUSIBLE_MS = 86_400_000

/** The provider's clock (RFC 2822 or ISO 8601), where it is within a day of ours. */
export function timeIn(fields: WebhookFields, name: string, receivedAt: Date): Date | null {
  const time = Date.parse(textIn(fields, name) ?? '')
  return Math.abs(time - receivedAt.getTime()) <= PLAUSIBLE_MS ? new Date(time) : null
}
