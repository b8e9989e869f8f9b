import { parseCaseCode } from '#domain/case-code'
import type { Case } from '#domain/case'
import { e164OrNull } from '#domain/contact'
import { DomainError } from '#domain/errors'
import type { Ports } from './ports.ts'

/** What a citizen shows to open a case: the PIN, or the phone number that filed it. */
export type CitizenKey = { readonly pin: string | null; readonly phone: string | null }

/** Opens a citizen's own case. Unknown code, wrong PIN and wrong phone are one and the same refusal. */
export async function followReport(code: string, key: CitizenKey, ports: Ports): Promise<Case> {
  const known = parseCaseCode(code)
  const found = known === null ? null : await ports.cases.findByCode(known)
  if (found === null || !opens(key, found, ports)) {
    throw new DomainError('not-found', 'case-not-found')
  }
  return found
}

function opens(key: CitizenKey, found: Case, ports: Ports): boolean {
  if (key.pin !== null) {
    return ports.secrets.isPin(found.code, key.pin.replace(/\D/g, ''), found.pinHash)
  }
  if (key.phone === null || found.contact?.phone == null) return false
  // A number that cannot exist opens nothing, and must not look different from a wrong one.
  return found.contact.phone === e164OrNull(key.phone)
}

/** The case whose answer the citizen of this one hears: of a merged case, the one it repeats. */
export async function answeringCase(current: Case, ports: Pick<Ports, 'cases'>): Promise<Case> {
  if (current.mergedInto == null) return current
  return (await ports.cases.findByCode(current.mergedInto.code)) ?? current
}
