import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BSON, MongoClient, type Collection, type Document, type IndexDescription } from 'mongodb'

/** How many documents went through, by collection (`db.name`). */
export type Counts = Readonly<Record<string, number>>

interface CollectionFile {
  readonly db: string
  readonly name: string
  readonly options: Document
  readonly indexes: readonly IndexDescription[]
}

const systemDatabases = new Set(['admin', 'config', 'local'])
const documentsPerInsert = 1000

/**
 * Writes every collection as NDJSON in canonical Extended JSON, one document a line, with a
 * description of its indexes beside it. The server may be this one or any MongoDB.
 */
export async function exportDatabases(uri: string, folder: string): Promise<Counts> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return withClient(uri, async (client) => {
    const counts: Record<string, number> = {}
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
    for (const { name: db } of databases.filter((each) => !systemDatabases.has(each.name))) {
      for (const { name, options = {}, type } of await client
        .db(db)
        .listCollections<{ name: string; options?: Document; type?: string }>()
        .toArray()) {
        if (type !== 'collection' || name.startsWith('system.')) continue
        const collection = client.db(db).collection(name)
        counts[`${db}.${name}`] = await exportCollection(
          collection,
          { db, name, options, indexes: await collection.indexes() },
          folder,
        )
      }
    }
    return counts
  })
}

/** Reads what `exportDatabases` wrote into a server. Collections that already have documents are refused. */
export async function importDatabases(uri: string, folder: string): Promise<Counts> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.meta.json')).sort()
  if (files.length === 0) throw new Error(`${folder} holds no export`)
  return withClient(uri, async (client) => {
    const described = await Promise.all(files.map((file) => readDescription(join(folder, file))))
    for (const { db, name } of described) await refuseFilled(client.db(db).collection(name))
    const counts: Record<string, number> = {}
    for (const each of described)
      counts[`${each.db}.${each.name}`] = await importCollection(client, each, folder)
    return counts
  })
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  // Values go through untouched: a double stays a double, a long integer stays one.
  const client = new MongoClient(uri, {
    promoteValues: false,
    bsonRegExp: true,
    serverSelectionTimeoutMS: 10_000,
  })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.close()
  }
}

async function exportCollection(
  collection: Collection,
  description: CollectionFile,
  folder: string,
): Promise<number> {
  const base = join(folder, fileBase(description))
  await writeFile(
    `${base}.meta.json`,
    `${BSON.EJSON.stringify(description, { relaxed: false })}\n`,
    { mode: 0o600 },
  )
  let count = 0
  const lines = async function* (): AsyncGenerator<string> {
    for await (const document of collection.find({}, { sort: { _id: 1 } })) {
      count += 1
      yield `${BSON.EJSON.stringify(document, { relaxed: false })}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(`${base}.ndjson`, { mode: 0o600 }))
  return count
}

async function readDescription(file: string): Promise<CollectionFile> {
  return BSON.EJSON.parse(await readFile(file, 'utf8'), { relaxed: true }) as CollectionFile
}

async function refuseFilled(collection: Collection): Promise<void> {
  if (await collection.findOne({}, { projection: { _id: 1 } })) {
    throw new Error(`${collection.namespace} already has documents; import into an empty database`)
  }
}

async function importCollection(
  client: MongoClient,
  description: CollectionFile,
  folder: string,
): Promise<number> {
  const { db, name, options, indexes } = description
  const existing = await client.db(db).listCollections({ name }).toArray()
  if (existing.length === 0) await client.db(db).createCollection(name, options)
  const collection = client.db(db).collection(name)
  let count = 0
  let batch: Document[] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch, { bypassDocumentValidation: true })
    count += batch.length
    batch = []
  }
  const input = createReadStream(join(folder, `${fileBase(description)}.ndjson`), 'utf8')
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    batch.push(parseLine(line, `${db}.${name}`, count + batch.length + 1))
    if (batch.length >= documentsPerInsert) await flush()
  }
  await flush()
  const wanted = indexes
    .filter((index) => index.name !== '_id_')
    .map(({ key, ...rest }) => ({ key, ...withoutVersion(rest) }))
  if (wanted.length > 0) await collection.createIndexes(wanted)
  return count
}

function withoutVersion(index: object): object {
  return Object.fromEntries(Object.entries(index).filter(([key]) => key !== 'v' && key !== 'ns'))
}

function parseLine(line: string, namespace: string, number: number): Document {
  try {
    return BSON.EJSON.parse(line, { relaxed: false }) as Document
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`line ${String(number)} of ${namespace} is not Extended JSON: ${reason}`)
  }
}

function fileBase({ db, name }: { readonly db: string; readonly name: string }): string {
  return encodeURIComponent(`${db}.${name}`)
}
