import type { KeyRange } from '../indexes/bounds.ts'
import type { Collection, Index } from '../storage/catalog.ts'
import { recordKey, recordLength } from '../storage/records.ts'
import type { Store } from '../storage/store.ts'
import type { Found } from './found.ts'
import type { IndexAccess, Stretch } from './planner.ts'

/** A way through a collection. Between two steps it holds no transaction open. */
export interface Walk {
  readonly usesKeys: boolean
  /** At most so many documents more; fewer only at the end. */
  readonly next: (limit: number) => Found[]
  readonly isDone: () => boolean
}

/** Walks over the stretches of an index that a plan names. */
export function walkIndex(store: Store, collection: Collection, access: IndexAccess): Walk {
  if (access.lookup) return lookUp(store, collection, access.lookup)
  return access.isMerged
    ? walkSideBySide(store, collection, access)
    : walkInTurn(store, collection, access)
}

function lookUp(store: Store, collection: Collection, lookup: Buffer): Walk {
  return {
    usesKeys: true,
    isDone: () => true,
    next: () => {
      const record = store.indexes.get(lookup)?.readUIntBE(0, recordLength)
      return record === undefined ? [] : documentAt(store, collection, record)
    },
  }
}

function walkInTurn(store: Store, collection: Collection, access: IndexAccess): Walk {
  const { index, ranges, reverse } = access
  let current = 0
  let after: Buffer | null = null
  return {
    usesKeys: true,
    isDone: () => current >= ranges.length,
    next: (limit) => {
      const found: Found[] = []
      while (found.length < limit && current < ranges.length) {
        const range = ranges[current]
        if (!range) break
        const wanted = limit - found.length
        const entries = readEntries(store, index, range, { after, reverse, limit: wanted })
        for (const { record } of entries) found.push(...documentAt(store, collection, record))
        after = entries.at(-1)?.key ?? null
        if (entries.length < wanted) {
          current++
          after = null
        }
      }
      return found
    },
  }
}

/**
 * The entries of many stretches as one, by what follows their heads: each stretch is in that order
 * by itself.
 */
function walkSideBySide(store: Store, collection: Collection, access: IndexAccess): Walk {
  const { index, reverse } = access
  let open = access.ranges.map((range): Lane => ({ range, after: null, ahead: [] }))
  const byNext = (a: Lane, b: Lane): number => (reverse ? compareLanes(b, a) : compareLanes(a, b))
  const fill = (lane: Lane, wanted: number): boolean => {
    lane.ahead = readEntries(store, index, lane.range, {
      after: lane.after,
      reverse,
      limit: wanted,
    })
    return lane.ahead.length > 0
  }
  return {
    usesKeys: true,
    isDone: () => open.length === 0,
    next: (limit) => {
      // What was read ahead in an earlier step may be gone or changed by now.
      const wanted = Math.max(leastAhead, Math.ceil((2 * limit) / open.length))
      open = open.filter((lane) => fill(lane, wanted)).sort(byNext)
      const found: Found[] = []
      while (found.length < limit) {
        const [first] = open
        const entry = first?.ahead.shift()
        if (!first || !entry) break
        first.after = entry.key
        found.push(...documentAt(store, collection, entry.record))
        if (first.ahead.length > 0 || fill(first, wanted)) sink(open, byNext)
        else open.shift()
      }
      return found
    },
  }
}

// Each reading of a stretch has its cost, also of a short one.
const leastAhead = 8

/** A stretch, how far it was walked, and what comes next. */
interface Lane {
  readonly range: Stretch
  after: Buffer | null
  ahead: Entry[]
}

function compareLanes(a: Lane, b: Lane): number {
  const [one, other] = [a.ahead[0]?.key, b.ahead[0]?.key]
  if (!one || !other) return 0
  return one.compare(other, b.range.head, other.length, a.range.head, one.length)
}

/** Moves the first lane, which went on, back to where it belongs. */
function sink(lanes: Lane[], compare: (a: Lane, b: Lane) => number): void {
  for (let i = 0; i + 1 < lanes.length; i++) {
    const [lane, next] = [lanes[i], lanes[i + 1]]
    if (!lane || !next || compare(lane, next) <= 0) return
    lanes[i] = next
    lanes[i + 1] = lane
  }
}

/** The document of a record; none where it was removed since its number was read. */
function documentAt(store: Store, collection: Collection, record: number): Found[] {
  const bytes = store.documents.get(recordKey(collection.id, record))
  return bytes ? [{ record, bytes, document: null }] : []
}

interface Entry {
  readonly key: Buffer
  readonly record: number
}

interface Reading {
  readonly after: Buffer | null
  readonly reverse: boolean
  readonly limit: number
}

function readEntries(
  store: Store,
  index: Index,
  range: KeyRange,
  { after, reverse, limit }: Reading,
): Entry[] {
  const start = after ?? (reverse ? range.end : range.start)
  const end = reverse ? range.start : range.end
  const options = {
    start,
    end,
    reverse,
    limit,
    exclusiveStart: after !== null,
    inclusiveEnd: reverse,
  }
  const entries: Entry[] = []
  for (const { key, value } of store.indexes.getRange(options)) {
    const record = index.unique
      ? value.readUIntBE(0, recordLength)
      : key.readUIntBE(key.length - recordLength, recordLength)
    entries.push({ key, record })
  }
  return entries
}
