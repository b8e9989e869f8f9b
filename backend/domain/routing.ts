import type { Kind, TriageReason } from '#contracts/vocabulary'

/**
 * Who answers for a field, or for one topic of it. A step names an agency: `ubnd-xa@commune` and
 * `so-xay-dung@province` stand for the one of the case's place, `vpcp` or `so-attp@79` for itself.
 */
export type RoutingRule = {
  readonly field: string
  /** Null for whatever in the field has no rule of its own. */
  readonly topic: string | null
  /** In order of preference: the first that is active gets the case. */
  readonly steps: readonly string[]
  /** Agencies that take part in the answer. */
  readonly supporting: readonly string[]
  /** Set where a person always decides, and why. */
  readonly triage: TriageReason | null
}

/** Codes of the ward (5 digits) and the province (2 digits) a case is about, as far as known. */
export type RoutingPlace = {
  readonly unitCode: string | null
  readonly provinceCode: string | null
}

/** What of a case decides where it goes. */
export type RoutingSubject = {
  readonly kind: Kind
  readonly field: string | null
  readonly topic: string | null
  /** Whether field and kind were understood well enough to act without a person. */
  readonly isSure: boolean
  readonly place: RoutingPlace
}

export type Route =
  | { readonly to: 'agency'; readonly agencyId: string; readonly supportingIds: readonly string[] }
  | { readonly to: 'triage'; readonly reason: TriageReason }

// Kinds that never go to an agency by themselves.
const TRIAGE_BY_KIND: Readonly<Partial<Record<Kind, TriageReason>>> = {
  complaint: 'legal-procedure',
  denunciation: 'legal-procedure',
  invalid: 'unsure-field',
}

/** Chooses the agency for a case, or leaves it to a person and says why. */
export function decideRoute(
  subject: RoutingSubject,
  rules: readonly RoutingRule[],
  activeAgencyIds: ReadonlySet<string>,
): Route {
  const byKind = TRIAGE_BY_KIND[subject.kind]
  if (byKind !== undefined) return triage(byKind)
  if (!subject.isSure || subject.field === null) return triage('unsure-field')
  const rule = findRule(subject.field, subject.topic, rules)
  if (rule === undefined) return triage('no-agency')
  if (rule.triage !== null) return triage(rule.triage)

  // Without any place, a central fallback must not swallow what belongs to a commune or a province.
  const isPlaceless = placeCodes(subject.place).every((code) => code === null)
  if (isPlaceless && needsPlace(rule.steps[0] ?? '')) return triage('no-place')

  const candidates = candidateAgencyIds(rule, subject.place)
  const agencyId = candidates.find((id) => activeAgencyIds.has(id))
  if (agencyId === undefined) {
    return triage(candidates.length < rule.steps.length ? 'no-place' : 'no-agency')
  }
  const supportingIds = resolveSteps(rule.supporting, subject.place)
  return {
    to: 'agency',
    agencyId,
    supportingIds: supportingIds.filter((id) => id !== agencyId && activeAgencyIds.has(id)),
  }
}

/** The agencies a rule names for a place, in order; steps whose place is unknown are left out. */
export function candidateAgencyIds(rule: RoutingRule, place: RoutingPlace): string[] {
  return resolveSteps(rule.steps, place)
}

/** The rule of a topic, else of its whole field. */
export function findRule(
  field: string,
  topic: string | null,
  rules: readonly RoutingRule[],
): RoutingRule | undefined {
  const ofField = rules.filter((rule) => rule.field === field)
  return ofField.find((rule) => rule.topic === topic) ?? ofField.find((rule) => rule.topic === null)
}

function resolveSteps(steps: readonly string[], place: RoutingPlace): string[] {
  const [commune, province] = placeCodes(place)
  const ids: string[] = []
  for (const step of steps) {
    if (needsPlace(step)) {
      const code = step.endsWith('@commune') ? commune : province
      if (code !== null) ids.push(step.replace(/@.*$/, `@${code}`))
    } else {
      ids.push(step)
    }
  }
  return ids
}

function needsPlace(step: string): boolean {
  return step.endsWith('@commune') || step.endsWith('@province')
}

/** A citizen may have picked a province only, whose code then stands where a ward's is expected. */
function placeCodes({ unitCode, provinceCode }: RoutingPlace): [string | null, string | null] {
  if (unitCode?.length === 2) return [null, provinceCode ?? unitCode]
  return [unitCode, provinceCode]
}

function triage(reason: TriageReason): Route {
  return { to: 'triage', reason }
}
