import type { CaseRow } from '#contracts/cases'

/** The row that the keyboard has reached: by its code, and where it stood. */
export type Reached = { readonly code: string | null; readonly index: number }

/** Follows the row wherever it moves; when it leaves the list, the one that took its place is next. */
export function nextReached(
  reached: Reached,
  rows: readonly Pick<CaseRow, 'code'>[],
): { readonly code: string | null; readonly index: number } {
  const moved = rows.findIndex((row) => row.code === reached.code)
  if (moved >= 0) return { code: reached.code, index: moved }
  const index = Math.max(0, Math.min(reached.index, rows.length - 1))
  return { code: rows[index]?.code ?? null, index }
}
