import type { NewDraftReview } from '#contracts/cases'
import { canSeeCase, knowsContact, mustBeAllowed, type StaffMember } from '#domain/access'
import { DomainError } from '#domain/errors'
import type { DraftHint } from '#domain/understanding'
import { loadCase } from './change-case.ts'
import type { Ports } from './ports.ts'

/**
 * Looks a response over while it is being written, for whoever may write it. Nothing is stored.
 * It is held against the citizen's name and own words only for who was shown them: hints would
 * otherwise tell anybody, without a record, whether a guessed name or number is the right one.
 */
export async function reviewDraft(
  code: string,
  { text }: NewDraftReview,
  staff: StaffMember,
  ports: Ports,
): Promise<readonly DraftHint[]> {
  const current = await loadCase(code, ports)
  if (!canSeeCase(staff, current)) throw new DomainError('not-found', 'case-not-found')
  mustBeAllowed('draft', staff, current)
  const isKnown = knowsContact(staff, current)
  const name = isKnown ? current.contact?.name : null
  return ports.reader.reviewDraft(text, {
    text: isKnown ? current.text : current.redactedText,
    kind: current.kind,
    knownNames: name == null ? [] : [name],
  })
}
