import { parentPort, workerData } from 'node:worker_threads'
import { decodeDocument } from '../bson/decode.ts'
import { filterContext } from '../engine.ts'
import { readDocuments } from '../query/document-walk.ts'
import type { Filter } from '../query/filter-types.ts'
import { parseFilter } from '../query/filter.ts'
import { fieldsOf, type Found } from '../query/found.ts'
import { openReader, type Reader } from '../storage/store.ts'
import type { ScanPart, ScanTask } from './scan-part.ts'

// A part is large enough to make its message not matter, and small enough to take turns.
const partMs = 5
const partBytes = 1024 * 1024
const documentsAtOnce = 50
const keptFilters = 16

/** The thread that looks through collections: its own heap, so that nobody waits for its garbage. */
function main(): void {
  const reader = openReader(String(workerData))
  const filters = new Map<number, Filter>()
  parentPort?.on('message', (task: ScanTask) => {
    const part = lookOn(reader, filterOf(filters, task), task)
    parentPort?.postMessage(part, [part.bytes.buffer as ArrayBuffer])
  })
  parentPort?.postMessage('ready')
}

/** The parsed filter of a scan; null where parsing fails here, which is told there again. */
function filterOf(filters: Map<number, Filter>, task: ScanTask): Filter | null {
  const known = filters.get(task.scan)
  if (known) return known
  const [oldest] = filters.keys()
  if (oldest !== undefined && filters.size >= keptFilters) filters.delete(oldest)
  try {
    const variables = decodeDocument(Buffer.from(task.variables))
    const filter = parseFilter(decodeDocument(Buffer.from(task.filter)), filterContext(variables))
    filters.set(task.scan, filter)
    return filter
  } catch {
    return null
  }
}

function lookOn(reader: Reader, filter: Filter | null, { task, place: start }: ScanTask): ScanPart {
  const matches: Found[] = []
  let place = start
  let examined = 0
  let bytes = 0
  let isStuck = filter === null
  const ends = performance.now() + partMs
  const isEnough = (): boolean => performance.now() > ends || bytes > partBytes
  reader.refresh()
  while (filter && !isStuck && !place.isDone && !isEnough()) {
    const read = readDocuments(reader.documents, place, documentsAtOnce)
    for (const found of read.found) {
      const verdict = isEnough() ? 'later' : ask(filter, found)
      if (verdict === 'failed') isStuck = true
      if (verdict === 'failed' || verdict === 'later') break
      place = { ...place, after: found.record }
      examined++
      if (!verdict) continue
      matches.push(found)
      bytes += found.bytes.length
    }
    if (place.after === read.place.after) place = read.place
  }
  return { task, place, examined, isStuck, ...packed(matches) }
}

function ask(filter: Filter, found: Found): boolean | 'failed' {
  try {
    return filter.matches(fieldsOf(found, filter.reads ?? null))
  } catch {
    return 'failed'
  }
}

function packed(found: readonly Found[]): Pick<ScanPart, 'records' | 'ends' | 'bytes'> {
  let end = 0
  const ends = found.map(({ bytes }) => (end += bytes.length))
  const bytes = new Uint8Array(end)
  found.forEach((each, i) => {
    bytes.set(each.bytes, (ends[i] ?? 0) - each.bytes.length)
  })
  return { records: found.map(({ record }) => record), ends, bytes }
}

main()
