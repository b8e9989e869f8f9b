import { setImmediate as nextTurn } from 'node:timers/promises'
import { isMultikey, type Collection } from '../storage/catalog.ts'
import type { Store } from '../storage/store.ts'
import { walkDocuments, type DocumentWalk, type LookOn } from './document-walk.ts'
import type { Filter } from './filter-types.ts'
import { fieldsOf, type Found } from './found.ts'
import { walkIndex, type Walk } from './index-walks.ts'
import { planGuard } from './plan-kill.ts'
import type { Access, IndexAccess } from './planner.ts'

/**
 * A search that goes on in steps. Between steps it holds no transaction open, so it neither
 * keeps old pages alive nor stands in anybody's way.
 */
export interface Search {
  /** Looks at no more than `candidates` documents and returns those that match. */
  readonly step: (candidates: number) => Found[]
  /** True when a step brings nothing before the search has rested. */
  readonly isWaiting: () => boolean
  /** Lets others have their turn; a long scan goes on meanwhile. */
  readonly rest: () => Promise<void>
  isDone: boolean
  keysExamined: number
  docsExamined: number
}

/** What is searched, and how. */
export interface SearchPlan {
  readonly collection: Collection
  readonly access: Access
  readonly filter: Filter
  /** Who goes on with a long scan. */
  readonly lookOn: (filter: Filter) => LookOn | null
}

/** Begins a search in a collection. */
export function openSearch(store: Store, plan: SearchPlan): Search {
  const { collection, access, filter } = plan
  const wantsAll =
    (filter.kind === 'and' && filter.clauses.length === 0) ||
    (access.kind === 'index' && access.exact)
  const scan = access.kind === 'scan' ? openScan(store, plan, access.reverse, wantsAll) : null
  const walks: Walk[] = scan
    ? [scan]
    : indexParts(access).map((part) => walkIndex(store, collection, part))
  const seen = mayRepeat(access) ? new Set<number>() : null
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
      const sifted = scan?.sifted(candidates)
      if (sifted) {
        search.docsExamined += sifted.examined
        search.isDone = walk.isDone()
        return sifted.found
      }
      const found = walk.next(candidates).filter(({ record }) => isNew(seen, record))
      search.keysExamined += walk.usesKeys ? found.length : 0
      search.docsExamined += found.length
      if (walk.isDone()) walks.shift()
      search.isDone = walks.length === 0
      return wantsAll ? found : found.filter((each) => filter.matches(fieldsOf(each, reads)))
    },
    isWaiting: () => scan?.isWaiting() ?? false,
    rest: async () => {
      await (scan ? scan.rest() : nextTurn())
      refuseChanged()
    },
  }
  return search
}

function openScan(
  store: Store,
  { collection, filter, lookOn }: SearchPlan,
  reverse: boolean,
  wantsAll: boolean,
): DocumentWalk {
  const start = { collection: collection.id, reverse }
  // What wants all documents would only have them carried from one thread to the other.
  return walkDocuments(store.documents, start, wantsAll ? null : lookOn(filter))
}

function indexParts(access: Access): readonly IndexAccess[] {
  if (access.kind === 'union') return access.parts
  return access.kind === 'index' ? [access] : []
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
