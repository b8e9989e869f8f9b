import type { Language } from '#contracts/vocabulary'

/** The name of a field in a language; null for no field or one that is gone. */
export type FieldNames = (fieldId: string | null, lang: Language) => string | null

/** Looks names up in the catalogue's fields. */
export function fieldNamesOf(
  fields: readonly { readonly id: string; readonly name: Readonly<Record<Language, string>> }[],
): FieldNames {
  const byId = new Map(fields.map((field) => [field.id, field.name]))
  return (fieldId, lang) => (fieldId === null ? null : (byId.get(fieldId)?.[lang] ?? null))
}
