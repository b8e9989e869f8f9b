import type { WebhookFields } from '../provider.ts'

/** An identifier; null where absent, given twice, or nothing that an identifier can be. */
export function refIn(fields: WebhookFields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : null
}

/** A text; the first of several, null where absent. */
export function textIn(fields: WebhookFields, name: string): string | null {
  const value = fields[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}

/** A whole number; null where absent or something else. */
export function numberIn(fields: WebhookFields, name: string): number | null {
  const text = textIn(fields, name)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
