import type { CaseView } from '#contracts/cases'

/** What was shown after asking with a reason; it stays on this screen until the case is closed. */
export type Revealed = Pick<CaseView, 'contact' | 'text' | 'evidence' | 'personalData' | 'timeline'>

/** The case with what this person was shown laid over the masked reading of it. */
export function withRevealed(read: CaseView, revealed: Revealed | null): CaseView {
  if (!revealed) return read
  const { contact, text, evidence, personalData } = revealed
  // Words that came later were not shown: then the masked reading is the newer one.
  if (supplements(read) > supplements(revealed)) return { ...read, contact }
  return { ...read, contact, text, evidence, personalData }
}

function supplements({ timeline }: Pick<CaseView, 'timeline'>): number {
  return timeline.filter((step) => step.type === 'case:supplemented').length
}
