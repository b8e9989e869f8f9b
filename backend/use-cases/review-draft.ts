import type { NewDraftReview } from '#contracts/cases'
import { canSeeCase, mustBeAllowed, type StaffMember } from '#domain/access'
import { DomainError } from '#domain/errors'
import type { DraftHint } from '#domain/understanding'
import { loadCase } from './change-case.ts'
import type { Ports } from './ports.ts'

/** Looks a response over while it is being written, for whoever may write it. Nothing is stored. */
export async function reviewDraft(
  code: string,
  { text }: NewDraftReview,
  staff: StaffMember,
  ports: Ports,
): Promise<readonly DraftHint[]> {
  const current = await loadCase(code, ports)
  if (!canSeeCase(staff, current)) throw new DomainError('not-found', 'case-not-found')
  mustBeAllowed('draft', staff, current)
  const name = current.contact?.name
  return ports.reader.reviewDraft(text, {
    text: current.text,
    kind: current.kind,
    knownNames: name == null ? [] : [name],
  })
}
