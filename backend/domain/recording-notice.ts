import { foldVietnamese } from './fold.ts'

const TOLD = /\b(ghi|thu) am\b|\brecord(ed|ings?|s)?\b/
const DENIED = /\b(khong|chua) (bi |duoc |he )*(ghi|thu) am\b|\b(not|never|no) (be |being )?record/

/** True where a sentence says that something is recorded; that nothing is, is no such sentence. */
export function tellsOfRecording(sentence: string): boolean {
  const folded = foldVietnamese(sentence)
  return TOLD.test(folded) && !DENIED.test(folded)
}
