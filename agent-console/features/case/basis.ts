import type { CaseView } from '#contracts/cases'

/** What somebody saw of a case when they began to write: enough to tell whether it still holds. */
export type Basis = {
  readonly version: number
  readonly status: CaseView['status']
  readonly field: string | null
  readonly agencyId: string | null
  readonly responseText: string
  readonly responseState: string | null
}

/** The basis that a view gives. */
export function basisOf(view: CaseView): Basis {
  return {
    version: view.version,
    status: view.status,
    field: view.field,
    agencyId: view.agency?.id ?? null,
    responseText: draftText(view),
    responseState: view.response?.state ?? null,
  }
}

/** The response as it stands on the server, while it may still be written. */
export function draftText(view: CaseView): string {
  return view.response && view.response.state !== 'published' ? view.response.text : ''
}

/**
 * The version to act on. A change that touches nothing the writer relies on, such as a note, is
 * passed over; any other keeps the old version, so that the server asks them to look first.
 */
export function versionToActOn(basis: Basis, current: CaseView): number {
  return holds(basis, current) ? current.version : basis.version
}

/** True while what the writer relied on is still so. */
function holds(basis: Basis, current: CaseView): boolean {
  const now = basisOf(current)
  return (
    basis.status === now.status &&
    basis.field === now.field &&
    basis.agencyId === now.agencyId &&
    basis.responseText === now.responseText &&
    basis.responseState === now.responseState
  )
}
