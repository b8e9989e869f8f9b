import type { Case } from '#domain/case'
import type { Ports } from './ports.ts'

/** Saves the next version of a case durably, then tells everyone what was added to its record. */
export async function saveChange(loaded: Case, next: Case, ports: Ports): Promise<Case> {
  await ports.cases.save(next, loaded.version)
  ports.publisher.publish(next, next.timeline.slice(loaded.timeline.length))
  return next
}
