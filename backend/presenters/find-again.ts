import type { Span } from '#domain/understanding'

/** This much on either side tells one occurrence from another. */
const CONTEXT = 100

/**
 * Where a piece of a text begins in the same text with some stretches masked; null where it was
 * masked too. Masks change lengths, so of all occurrences the one in the same surroundings is it.
 */
export function findAgain({ start, end }: Span, text: string, masked: string): number | null {
  const piece = text.slice(start, end)
  if (piece === '') return null
  const share = start / text.length
  let best: { at: number; same: number; drift: number } | null = null
  for (let at = masked.indexOf(piece); at !== -1; at = masked.indexOf(piece, at + 1)) {
    const before = sameOutward(text, start - 1, masked, at - 1, -1)
    const after = sameOutward(text, end, masked, at + piece.length, 1)
    // Other neighbours: a part of another word.
    if (before === 0 || after === 0) continue
    const same = before + after
    const drift = Math.abs(at / masked.length - share)
    if (best === null || same > best.same || (same === best.same && drift < best.drift)) {
      best = { at, same, drift }
    }
  }
  return best?.at ?? null
}

/** How many characters are the same from a place outward; where both texts end, the end counts. */
function sameOutward(text: string, from: number, masked: string, at: number, step: 1 | -1): number {
  for (let count = 0; count < CONTEXT; count++) {
    const here = text[from + step * count]
    if (here !== masked[at + step * count]) return count
    if (here === undefined) return count + 1
  }
  return CONTEXT
}
