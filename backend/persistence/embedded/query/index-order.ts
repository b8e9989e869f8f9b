import { isNumber, toDouble, type Doc } from '../bson/values.ts'
import type { FieldBounds } from '../indexes/bounds.ts'
import type { Index } from '../storage/catalog.ts'

/** How an index gives the wanted order. */
export interface IndexOrder {
  /** 1 forwards, −1 backwards. */
  readonly direction: number
  /**
   * So many fields at the front have given values that the order does not name: it holds within each
   * combination of them, and they have to be walked side by side.
   */
  readonly spread: number
}

/** How walking the index gives the wanted order; null where it does not. */
export function orderOf(
  index: Index,
  bounds: readonly FieldBounds[],
  sort: Doc | null,
): IndexOrder | null {
  if (!sort || sort.size === 0 || index.truncated) return null
  const wanted = [...sort]
  let direction = 0
  let spread = 0
  let next = 0
  for (let i = 0; i < index.fields.length && next < wanted.length; i++) {
    const [field, order] = wanted[next] ?? ['', 0]
    const own = bounds[i]
    const isFixed = own?.kind === 'points' && own.values.length === 1
    if (field !== index.fields[i]) {
      if (!isFixed && (own?.kind !== 'points' || next > 0)) return null
      if (!isFixed) spread = i + 1
      continue
    }
    // An array sorts by its least or greatest element, not by the one that led to it.
    if (index.arrays[i] === true) return null
    next++
    if (isFixed) continue
    if (!isNumber(order)) return null
    const agrees = toDouble(order) < 0 === index.descending[i] ? 1 : -1
    if (direction !== 0 && direction !== agrees) return null
    direction = agrees
  }
  return next === wanted.length ? { direction: direction || 1, spread } : null
}
