import { CommandError } from '../errors.ts'
import { namespaceOf, type Collection } from '../storage/catalog.ts'
import type { Access } from './planner.ts'

/**
 * The check that what a search reads is still there. Otherwise the rest of the answer is gone, and
 * nobody may take what came so far for all of it.
 */
export function planGuard(collection: Collection, access: Access): () => void {
  const namespace = namespaceOf(collection)
  const parts = access.kind === 'union' ? access.parts : [access]
  const indexes = parts.flatMap((part) => (part.kind === 'index' ? [part.index] : []))
  const idOf = (): string => collection.uuid.toUUID().toHexString()
  return () => {
    if (!collection.isLive) throw killed(`collection dropped. UUID ${idOf()}`)
    const current = namespaceOf(collection)
    if (current !== namespace)
      throw killed(`collection renamed from '${namespace}' to '${current}'. UUID ${idOf()}`)
    const dropped = indexes.find((index) => !collection.indexes.includes(index))
    if (dropped) throw killed(`index '${dropped.name}' dropped`)
  }
}

function killed(reason: string): CommandError {
  return new CommandError('QueryPlanKilled', reason)
}
