import { isMultikey, uint32, type Collection } from '../storage/catalog.ts'
import { recordKey, recordLength } from '../storage/records.ts'
import type { Store } from '../storage/store.ts'
import type { Filter } from './filter-types.ts'
import { fieldsOf, type Found } from './found.ts'
import { walkIndex, type Walk } from './index-walks.ts'
import { planGuard } from './plan-kill.ts'
import type { Access } from './planner.ts'

/**
 * A search that goes on in steps. Between steps it holds no transaction open, so it neither
 * keeps old pages alive nor stands in anybody's way.
 */
export interface Search {
  /** Looks at no more than `candidates` documents and returns those that match. */
  readonly step: (candidates: number) => Found[]
  isDone: boolean
  keysExamined: number
  docsExamined: number
}

/** Begins a search in a collection. */
export function openSearch(
  store: Store,
  collection: Collection,
  access: Access,
  filter: Filter,
): Search {
  const parts = access.kind === 'union' ? access.parts : [access]
  const walks = parts.map((part) =>
    part.kind === 'scan'
      ? walkDocuments(store, collection, part.reverse)
      : walkIndex(store, collection, part),
  )
  const seen = mayRepeat(access) ? new Set<number>() : null
  const wantsAll =
    (filter.kind === 'and' && filter.clauses.length === 0) ||
    (access.kind === 'index' && access.exact)
  const reads = filter.reads ?? null
  const refuseChanged = planGuard(collection, access)
  const search: Search = {
    isDone: false,
    keysExamined: 0,
    docsExamined: 0,
    step: (candidates) => {
      refuseChanged()
      const walk = walks[0]
      if (!walk) {
        search.isDone = true
        return []
      }
      const found = walk.next(candidates).filter(({ record }) => isNew(seen, record))
      search.keysExamined += walk.usesKeys ? found.length : 0
      search.docsExamined += found.length
      if (walk.isDone()) walks.shift()
      search.isDone = walks.length === 0
      return wantsAll ? found : found.filter((each) => filter.matches(fieldsOf(each, reads)))
    },
  }
  return search
}

function mayRepeat(access: Access): boolean {
  return access.kind === 'union' || (access.kind === 'index' && isMultikey(access.index))
}

function isNew(seen: Set<number> | null, record: number): boolean {
  if (!seen) return true
  if (seen.has(record)) return false
  seen.add(record)
  return true
}

function walkDocuments(store: Store, collection: Collection, reverse: boolean): Walk {
  const low = uint32(collection.id)
  const high = uint32(collection.id + 1)
  let from = reverse ? high : low
  let done = false
  return {
    usesKeys: false,
    isDone: () => done,
    next: (limit) => {
      const range = store.documents.getRange({
        start: from,
        end: reverse ? low : high,
        reverse,
        limit,
      })
      const found: Found[] = []
      for (const { key, value } of range) {
        found.push({ record: key.readUIntBE(4, recordLength), bytes: value, document: null })
      }
      done = found.length < limit
      const last = found.at(-1)
      if (last) from = recordKey(collection.id, reverse ? last.record - 1 : last.record + 1)
      return found
    },
  }
}
