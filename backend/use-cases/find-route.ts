import type { Agency } from '#contracts/catalogue'
import type { Case, NamedRef, Place } from '#domain/case'
import { type Decision, routeCase, triageCase } from '#domain/case-life'
import { candidateAgencyIds, decideRoute, findRule, type RoutingSubject } from '#domain/routing'
import type { TriageReason } from '#contracts/vocabulary'
import type { Ports } from './ports.ts'

/** Where a case goes: an agency, or a person who chooses one. */
export type Route =
  | { readonly to: 'agency'; readonly agency: NamedRef }
  | { readonly to: 'triage'; readonly reason: TriageReason }

type RouteQuestion = Omit<RoutingSubject, 'place'> & { readonly place: Place | null }

/** Asks the routing rules, with the agencies that exist and are active. */
export async function findRoute(question: RouteQuestion, ports: Ports): Promise<Route> {
  const { routing } = ports.settings()
  const place = {
    unitCode: question.place?.unitCode ?? null,
    provinceCode: question.place?.provinceCode ?? null,
  }
  const rule =
    question.field === null ? undefined : findRule(question.field, question.topic, routing)
  const ids = rule === undefined ? [] : candidateAgencyIds(rule, place)
  const active = await ports.agencies.findActive(ids)
  const byId = new Map(active.map((agency) => [agency.id, agency]))
  const route = decideRoute({ ...question, place }, routing, new Set(byId.keys()))
  if (route.to === 'triage') return route
  const agency = byId.get(route.agencyId)
  return agency === undefined
    ? { to: 'triage', reason: 'no-agency' }
    : { to: 'agency', agency: refOf(agency) }
}

/** Takes the route: routed to the agency, or put before a person. */
export function takeRoute(current: Case, route: Route, decision: Decision): Case {
  return route.to === 'agency'
    ? routeCase(current, route.agency, null, decision)
    : triageCase(current, route.reason, decision)
}

/** Id and name of an agency, as a case keeps them. */
export function refOf(agency: Agency): NamedRef {
  return { id: agency.id, name: agency.name }
}
