import { CommandError } from '../errors.ts'
import { decodeDocument } from '../bson/decode.ts'
import type { Doc } from '../bson/values.ts'
import type { KeyRange } from '../indexes/bounds.ts'
import { uint32, type Collection, type Index } from '../storage/catalog.ts'
import { recordKey, recordLength } from '../storage/records.ts'
import type { Store } from '../storage/store.ts'
import type { Filter } from './filter-types.ts'
import type { Access, IndexAccess } from './planner.ts'

/** A document that was found, and where it is. */
export interface Found {
  readonly record: number
  readonly bytes: Buffer
  /** Decoded already if the filter had to look inside. */
  document: Doc | null
}

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

/** The decoded form of a found document. */
export function documentOf(found: Found): Doc {
  found.document ??= decodeDocument(found.bytes)
  return found.document
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
  const search: Search = {
    isDone: false,
    keysExamined: 0,
    docsExamined: 0,
    step: (candidates) => {
      // What is left of the answer is gone, and nobody may take what came so far for all of it.
      if (!collection.isLive) throw new CommandError('QueryPlanKilled', 'collection dropped')
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
      return wantsAll ? found : found.filter((each) => filter.matches(documentOf(each)))
    },
  }
  return search
}

function mayRepeat(access: Access): boolean {
  return access.kind === 'union' || (access.kind === 'index' && access.index.multikey)
}

function isNew(seen: Set<number> | null, record: number): boolean {
  if (!seen) return true
  if (seen.has(record)) return false
  seen.add(record)
  return true
}

interface Walk {
  readonly usesKeys: boolean
  readonly next: (limit: number) => Found[]
  readonly isDone: () => boolean
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

function lookUp(store: Store, collection: Collection, lookup: Buffer): Walk {
  return {
    usesKeys: true,
    isDone: () => true,
    next: () => {
      const record = store.indexes.get(lookup)?.readUIntBE(0, recordLength)
      const bytes =
        record === undefined ? undefined : store.documents.get(recordKey(collection.id, record))
      return bytes && record !== undefined ? [{ record, bytes, document: null }] : []
    },
  }
}

function walkIndex(store: Store, collection: Collection, access: IndexAccess): Walk {
  const { index, ranges, reverse, lookup } = access
  if (lookup) return lookUp(store, collection, lookup)
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
        for (const { record } of entries) {
          const bytes = store.documents.get(recordKey(collection.id, record))
          if (bytes) found.push({ record, bytes, document: null })
        }
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
