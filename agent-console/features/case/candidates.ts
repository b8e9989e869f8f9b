import type { CaseView } from '#contracts/cases'

/** A field the case may be about; confidence is null where a person said so. */
type Candidate = { readonly field: string; readonly confidence: number | null }

const SHOWN = 3

/** The likeliest fields, the present one first; keys 1 to 3 choose among them. */
export function candidates(
  view: Pick<CaseView, 'field' | 'confidence' | 'alternatives' | 'isFieldConfirmed'>,
): Candidate[] {
  const others = view.alternatives.filter(({ field }) => field !== view.field)
  if (view.field === null) return others.slice(0, SHOWN)
  const guessed = view.alternatives.find(({ field }) => field === view.field)?.confidence ?? null
  const confidence = view.isFieldConfirmed ? guessed : view.confidence
  return [{ field: view.field, confidence }, ...others].slice(0, SHOWN)
}
