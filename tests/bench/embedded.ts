import {
  aDocument,
  anonymousMegabytes,
  fill,
  openFilled,
  perInsert,
  someDocuments,
  type Filled,
} from './embedded-data.ts'
import { emptyFolder } from './product.ts'
import { rawStore } from './raw-store.ts'
import type { Row } from './row.ts'
import { alternate, type Figure, type Side } from './slices.ts'
import { median, percentile } from './statistics.ts'

const inFlight = 16

/**
 * Measures the embedded database through the unmodified driver, with 10,000 documents and, unless
 * in a hurry, with a million. Beside each figure stands the driver's own ping of the same server, or
 * the bare storage engine, in alternating slices of the same run.
 */
export async function benchEmbedded(isQuick: boolean): Promise<Row[]> {
  const sizes = isQuick ? [10_000] : [10_000, 1_000_000]
  const slices = isQuick ? 4 : 12
  const homes = sizes.map((documents) => ({ documents, folder: emptyFolder() }))
  const filled: Filled[] = []
  for (const { folder, documents } of homes) {
    const database = await openFilled(folder, documents)
    await fill(database)
    filled.push(database)
  }
  const rows = [
    ...(await besidePing('findOne by _id', findOne, filled, slices)),
    ...(await besidePing('equality + range + sort, 20 documents', page, filled, slices)),
    ...(await besidePing('durable insertOne', insertOne, filled, slices)),
    ...(await besidePing('updateOne by an index', updateOne, filled, slices)),
    ...(await besideRawStore(filled, slices)),
    ...(await readsDuringScan(filled, slices)),
  ]
  const worked = filled.map(({ documents, pid }) => ({
    documents,
    value: anonymousMegabytes(pid),
  }))
  for (const { end } of filled) await end()
  return [
    ...rows,
    ...bySize('anonymous memory after all this', worked, 'MB'),
    ...bySize('start with the data there', await starts(homes), 'ms'),
  ]
}

type Operation = (filled: Filled, i: number) => Promise<unknown>

const findOne: Operation = ({ rows, documents }, i) => rows.findOne({ _id: (i * 7919) % documents })

const page: Operation = ({ rows }, i) => {
  const filter = { agency: `agency-${String(i % 200)}`, at: { $gte: new Date(1.7e12) } }
  return rows.find(filter).sort({ at: -1 }).limit(20).toArray()
}

const insertOne: Operation = ({ rows, documents }, i) => rows.insertOne(aDocument(documents + i))

const updateOne: Operation = ({ rows, documents }, i) =>
  rows.updateOne({ key: `key-${String((i * 31) % documents)}` }, { $inc: { count: 1 } })

const insertMany: Operation = ({ rows, documents }, i) =>
  rows.insertMany(someDocuments(documents + i * perInsert, perInsert))

async function besidePing(
  name: string,
  operation: Operation,
  filled: readonly Filled[],
  slices: number,
): Promise<Row[]> {
  const sides = filled.flatMap((each): Side[] => [
    { pid: each.pid, inFlight, operation: () => each.client.db('bench').command({ ping: 1 }) },
    sideOf(each, operation, inFlight),
  ])
  const figures = await alternate(sides, slices)
  const measured = filled.flatMap(({ documents }, i) => {
    const [ping, figure] = figures.slice(i * 2)
    return ping && figure ? [{ documents, ping, figure, value: figure.perSecond }] : []
  })
  const rows = measured.map(({ documents, ping, figure, value }): Row => {
    const baseline = { name: 'ping', value: ping.perSecond }
    const title = `embedded: ${name}, ${shownCount(documents)}`
    return { name: title, value, unit: 'operations/s', baseline, bound: boundOf(figure) }
  })
  return [...rows, ...besideSmall(name, measured, 'operations/s')]
}

/** Documents inserted by the thousand, beside what lmdb does alone with the same pieces. */
async function besideRawStore(filled: readonly Filled[], slices: number): Promise<Row[]> {
  const sides = filled.map((each) => sideOf(each, insertMany, inFlight))
  const [raw, ...figures] = await alternate([rawStore(perInsert), ...sides], slices)
  const measured = filled.map(({ documents }, i) => {
    const figure = figures[i] ?? { perSecond: Number.NaN, driverBusy: 0, serverBusy: 0 }
    return { documents, figure, value: figure.perSecond * perInsert }
  })
  const baseline = { name: 'raw lmdb, empty', value: (raw?.perSecond ?? Number.NaN) * perInsert }
  const rows = measured.map(({ documents, value, figure }): Row => {
    const name = `embedded: insertMany, ${shownCount(documents)}`
    return { name, value, unit: 'documents/s', baseline, bound: boundOf(figure) }
  })
  return [...rows, ...besideSmall('insertMany', measured, 'documents/s')]
}

function sideOf(filled: Filled, operation: Operation, inFlight: number): Side {
  const { pid, rows, documents } = filled
  const isInsert = operation === insertOne || operation === insertMany
  return {
    pid,
    inFlight,
    operation: (i) => operation(filled, i),
    // The size is part of what is measured.
    ...(isInsert ? { restore: () => rows.deleteMany({ _id: { $gte: documents } }) } : {}),
  }
}

/** One reader's waiting times while the collection is scanned, and while it is not. */
async function readsDuringScan(filled: readonly Filled[], rounds: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const { rows: collection, documents } of filled) {
    const quiet: number[] = []
    const scanned: number[] = []
    // The first rounds warm up.
    for (let round = -4; round < rounds; round++) {
      if (round === 0) quiet.length = scanned.length = 0
      const read = (i: number): Promise<unknown> =>
        collection.findOne({ _id: (i * 7919) % documents })
      await timesDuring(new Promise((done) => setTimeout(done, 300)), read, quiet)
      await timesDuring(scanFor(collection, 300), read, scanned)
    }
    rows.push({
      name: `embedded: p99 of findOne during a scan, ${shownCount(documents)}`,
      value: percentile(scanned, 0.99),
      unit: 'ms',
      baseline: { name: 'p99 without a scan', value: percentile(quiet, 0.99) },
      bound: 'who else wants the processors: the scan has a thread of its own',
    })
  }
  return rows
}

async function scanFor(collection: Filled['rows'], atLeastMs: number): Promise<void> {
  const startedAt = performance.now()
  do await collection.countDocuments({ text: 'nowhere' })
  while (performance.now() - startedAt < atLeastMs)
}

async function timesDuring(
  during: Promise<unknown>,
  read: (i: number) => Promise<unknown>,
  times: number[],
): Promise<void> {
  const waiting = { isOver: false }
  const over = during.then(() => {
    waiting.isOver = true
  })
  for (let i = times.length; !waiting.isOver; i++) {
    const startedAt = performance.now()
    await read(i)
    times.push(performance.now() - startedAt)
  }
  await over
}

interface Home {
  readonly documents: number
  readonly folder: string
}

async function starts(homes: readonly Home[]): Promise<Sized[]> {
  const started: Sized[] = []
  for (const { folder, documents } of homes) {
    const times: number[] = []
    for (let run = 0; run < 5; run++) {
      const { startMs, end } = await openFilled(folder, documents)
      times.push(startMs)
      await end()
    }
    started.push({ documents, value: median(times) })
  }
  return started
}

interface Sized {
  readonly documents: number
  readonly value: number
}

function bySize(name: string, sized: readonly Sized[], unit: string): Row[] {
  const [small] = sized
  return sized.map(({ documents, value }) => ({
    name: `embedded: ${name}, ${shownCount(documents)}`,
    value,
    unit,
    baseline:
      small && documents !== small.documents
        ? { name: shownCount(small.documents), value: small.value }
        : null,
  }))
}

/** What a hundred times the documents cost. */
function besideSmall(name: string, sized: readonly Sized[], unit: string): Row[] {
  return bySize(name, sized, unit).slice(1)
}

function shownCount(documents: number): string {
  return documents < 1_000_000 ? `${String(documents / 1000)}k` : `${String(documents / 1e6)} M`
}

/** Who was at work all the time; nobody means that all wait for the disk. */
function boundOf({ driverBusy, serverBusy }: Figure): string {
  const percent = (share: number): string => `${String(Math.round(share * 100))} %`
  const busy = `the driver was at work ${percent(driverBusy)} of the time, the server ${percent(serverBusy)}`
  if (driverBusy > 0.9) return `the driver (${busy})`
  if (serverBusy > 0.9) return `the server (${busy})`
  return `the disk: one fsync for what arrives together (${busy})`
}
