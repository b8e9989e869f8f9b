import type { Case, TimelineStep } from './case.ts'
import { DomainError } from './errors.ts'

/** Somebody changed the case since the caller saw it: `conflict`, with what was added to the record. */
export class StaleVersion extends DomainError {
  readonly currentVersion: number
  readonly changes: readonly TimelineStep[]

  constructor(current: Case, seenVersion: number) {
    super('conflict', 'version-stale', { seen: seenVersion, current: current.version })
    this.name = 'StaleVersion'
    this.currentVersion = current.version
    this.changes = current.timeline.filter((step) => step.version > seenVersion)
  }
}
