import type { Actor, Case } from '#domain/case'
import { type Decision, decisionOn } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { loadCase } from './change-case.ts'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

// More losses in a row than this mean something is wrong.
const SAVE_ATTEMPTS = 10

/**
 * Adds to a case what takes nothing away from anybody's work, again where somebody got in between.
 * `add` answers the very same case where there is nothing to add; nothing is saved then.
 */
export async function addToRecord(
  code: string,
  by: Actor,
  add: (current: Case, decision: Decision) => Case,
  ports: Ports,
): Promise<Case> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const current = await loadCase(code, ports)
    const next = add(current, decisionOn(current, by, ports.now()))
    if (next === current) return current
    try {
      return await saveChange(current, next, ports)
    } catch (error) {
      if (!(error instanceof DomainError) || error.refusal !== 'version-stale') throw error
    }
  }
  throw new DomainError('conflict', 'version-stale')
}
