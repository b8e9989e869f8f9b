import type { Word } from '../text/words.ts'
import type { NamedUnit } from './units.ts'

/** The names that fit; "Mỹ Tho" with its accent is not Mỹ Thọ, where both are names. */
export function fitting(
  entries: readonly NamedUnit[],
  name: readonly Word[],
  textHasDiacritics: boolean,
): readonly NamedUnit[] {
  const all = entries.filter((entry) => fits(entry, name, textHasDiacritics))
  if (!name.some((word) => word.hasDiacritics)) return all
  const exact = all.filter(({ keys }) => name.every((word, at) => word.key === keys[at]))
  return exact.length > 0 ? exact : all
}

/**
 * Accents that are written must be the name's own; missing ones are forgiven, but not in small letters
 * beside accents: "xã cho biết" does not name Chờ.
 */
function fits(entry: NamedUnit, name: readonly Word[], textHasDiacritics: boolean): boolean {
  // Written as one word, a name has no accents of its own to compare.
  if (entry.keys.length !== name.length) return name.every((word) => !word.hasDiacritics)
  return name.every((word, at) => {
    if (entry.keys[at] === word.key) return true
    return !word.hasDiacritics && (word.isCapitalised || !textHasDiacritics)
  })
}

/** "Nghê An" for the province Nghệ An: capitals, and one wrong accent. */
export function nearlyFits(entry: NamedUnit, name: readonly Word[]): boolean {
  const { level } = entry.unit
  if (level !== 'province' && level !== 'legacyProvince') return false
  if (name.length < 2 || !name.every((word) => word.isCapitalised)) return false
  const wrong = name.filter((word, at) => word.hasDiacritics && entry.keys[at] !== word.key)
  return wrong.length === 1
}
