import { z } from 'zod'

/**
 * Free text from a person: well-formed Unicode without control characters, in NFC, trimmed.
 * `min` and `max` count UTF-16 code units.
 */
export function freeText(min: number, max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => isWellFormed(text), { params: { reason: 'malformed-text' } })
    .refine((text) => !hasControlCharacters(text), { params: { reason: 'control-characters' } })
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max))
}

function isWellFormed(text: string): boolean {
  // In unicode mode a lone surrogate is a code point of its own; a paired one is not matched.
  return !/\p{Surrogate}/u.test(text)
}

function hasControlCharacters(text: string): boolean {
  // Tab, line feed and carriage return are what people type; the rest never comes from a keyboard.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
}
