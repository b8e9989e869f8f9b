import type { Case, NamedRef } from '#domain/case'
import {
  correctCase,
  redirectCase as redirect,
  rejectCase as reject,
  routeCase as route,
} from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { answerDueAt } from '#domain/service-level'
import type { Decide } from './change-case.ts'
import { findRoute, refOf, takeRoute } from './find-route.ts'
import type { Ports } from './ports.ts'

/** A person says what the case is about; it moves to the agency that the rules name for that. */
export const correctField: Decide<'correct'> = async (current, { command, decision, ports }) => {
  const field = ports.settings().fields.find(({ id }) => id === command.fieldId)
  if (field === undefined) throw new DomainError('invalid', 'field-unknown', {}, '/fieldId')
  const topic = field.topics.find(({ id }) => id === command.topicId)?.id ?? null
  const valid = takenSeriously(current, ports)
  const corrected = correctCase(valid, field.id, topic, decision)
  const found = await findRoute(
    {
      kind: valid.kind,
      field: field.id,
      topic,
      isSure: true,
      place: current.place,
    },
    ports,
  )
  const staysThere = found.to === 'agency' && found.agency.id === current.agency?.id
  return staysThere ? corrected : takeRoute(corrected, found, decision)
}

/** A person chooses the agency. */
export const routeToAgency: Decide<'route'> = async (current, { command, decision, ports }) => {
  const agency = await mustFindAgency(command.agencyId, '/agencyId', ports)
  if (agency.id === current.agency?.id) {
    throw new DomainError('invalid', 'same-agency', {}, '/agencyId')
  }
  return route(takenSeriously(current, ports), agency, command.reason ?? null, decision)
}

/** Spam, abuse, nothing in it: ended with a reason that the citizen reads. */
export const rejectCase: Decide<'reject'> = (current, { command, decision }) =>
  reject(current, command.reason, command.comment ?? null, decision)

/** Handed to another procedure. */
export const redirectCase: Decide<'redirect'> = (current, { command, decision }) =>
  redirect(current, command.target, command.comment ?? null, decision)

/** Read as nonsense, but a person says somebody must answer it: it is a report, and its clock runs. */
function takenSeriously(current: Case, ports: Ports): Case {
  if (current.kind !== 'invalid') return current
  const report = { ...current, kind: 'report' } as const
  const { calendar, serviceLevels } = ports.settings()
  return { ...report, dueAt: answerDueAt(report, current.receivedAt, serviceLevels, calendar) }
}

/** An active agency by id, as cases keep it; `invalid` at `pointer` where there is none. */
export async function mustFindAgency(id: string, pointer: string, ports: Ports): Promise<NamedRef> {
  const agency = await ports.agencies.findById(id)
  if (agency?.isActive !== true) throw new DomainError('invalid', 'agency-not-found', {}, pointer)
  return refOf(agency)
}
