import type { LikelyDuplicate } from '#contracts/cases'
import type { Case } from '#domain/case'
import type { Likeness } from '#domain/likeness'
import { presentRow } from './present-row.ts'

/** A case likely about the same incident as another, as a line of the inbox, and why. */
export function presentDuplicate(likely: Likeness & { readonly found: Case }): LikelyDuplicate {
  const { found, score, reasons } = likely
  return { row: presentRow(found), score: Math.round(score * 100) / 100, reasons: [...reasons] }
}
