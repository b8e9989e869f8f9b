import type { NamedRef } from '#domain/case'
import {
  acceptCase as accept,
  extendCase as extend,
  returnCase as giveBack,
} from '#domain/case-life'
import type { StaffMember } from '#domain/access'
import {
  approveResponse,
  draftResponse as draft,
  noteCase as note,
  recordReveal,
  sendBackResponse,
  submitResponse as submit,
} from '#domain/case-response'
import { DomainError } from '#domain/errors'
import { extendedDueAt } from '#domain/service-level'
import type { Decide } from './change-case.ts'
import type { Case } from '#domain/case'
import type { Ports } from './ports.ts'
import { mustFindAgency } from './triage-case.ts'

/** The officer takes the case on. */
export const acceptCase: Decide<'accept'> = (current, { staff, decision }) =>
  accept(current, refTo(staff), decision)

/** "Not ours." */
export const returnCase: Decide<'return'> = async (current, { command, decision, ports }) => {
  const suggested =
    command.suggestedAgencyId === undefined
      ? null
      : await mustFindAgency(command.suggestedAgencyId, '/suggestedAgencyId', ports)
  return giveBack(current, command.reason, command.comment ?? null, suggested, decision)
}

/** Writes the response; the public text is the same without personal data. */
export const draftResponse: Decide<'draft'> = (current, { command, staff, decision, ports }) =>
  draft(current, command.text, redacted(command.text, current, ports), refTo(staff), decision)

/** Puts the response before an approver, with the last words if the officer changed them. */
export const submitResponse: Decide<'submit'> = (current, { command, staff, decision, ports }) => {
  const { text } = command
  if (text === undefined || text === current.response?.text) return submit(current, decision)
  const publicText = redacted(text, current, ports)
  return submit(draft(current, text, publicText, refTo(staff), decision), decision)
}

/** The approver signs: the answer goes out. */
export const approveCase: Decide<'approve'> = (current, { staff, decision }) =>
  approveResponse(current, refTo(staff), decision)

/** The approver wants it better. */
export const sendBackCase: Decide<'send-back'> = (current, { command, decision }) =>
  sendBackResponse(current, command.reason, decision)

/** A note among staff. */
export const noteCase: Decide<'note'> = (current, { command, staff, decision, ports }) =>
  note(
    current,
    { id: ports.newId(), by: refTo(staff), at: decision.at, text: command.text },
    decision,
  )

/** More time, once, with a reason that the citizen reads. */
export const extendCase: Decide<'extend'> = (current, { command, decision, ports }) => {
  const { calendar, serviceLevels } = ports.settings()
  const { dueAt: dueBefore } = current
  const dueAt =
    dueBefore === null ? null : extendedDueAt(dueBefore, current, serviceLevels, calendar)
  if (dueAt === null) throw new DomainError('not-allowed-now', 'no-deadline')
  return extend(current, dueAt, command.reason, decision)
}

/** Shows the citizen's contact data once; who asked and why goes on the record and the audit log. */
export const revealContact: Decide<'reveal'> = async (current, deciding) => {
  const { command, staff, decision, ports } = deciding
  // Written first: nobody sees what the log does not hold.
  await ports.auditLog.add({
    at: decision.at,
    staffId: staff.id,
    staffName: staff.name,
    action: 'reveal-contact',
    caseCode: current.code,
    reason: command.reason,
  })
  return recordReveal(current, command.reason, decision)
}

function refTo(staff: StaffMember): NamedRef {
  return { id: staff.id, name: staff.name }
}

function redacted(text: string, current: Case, ports: Ports): string {
  const name = current.contact?.name
  return ports.reader.redact(text, name == null ? [] : [name])
}
