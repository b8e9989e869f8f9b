import { checkExpression } from './aggregation/expression-checks.ts'
import { evaluate, scopeOf } from './aggregation/expressions.ts'
import type { CompareText } from './bson/compare.ts'
import type { Doc, Value } from './bson/values.ts'
import { createCursors, type Cursors } from './cursors.ts'
import { CommandError } from './errors.ts'
import type { FilterContext } from './query/filter-types.ts'
import { parseFilter } from './query/filter.ts'
import { namespaceOf, openCatalog, type Catalog, type Collection } from './storage/catalog.ts'
import { createScans, type Scans } from './scans/scans.ts'
import { createRecords, type Records } from './storage/records.ts'
import { openStore, type Store } from './storage/store.ts'
import { createWriteQueue, type WriteQueue } from './storage/write-queue.ts'

/** An open database folder and everything that works on it. */
export interface Engine {
  readonly store: Store
  readonly catalog: Catalog
  readonly queue: WriteQueue
  readonly records: Records
  readonly cursors: Cursors
  readonly scans: Scans
  readonly startedAt: Date
}

/** Opens a database folder. */
export function openEngine(folder: string): Engine {
  const store = openStore(folder)
  const catalog = openCatalog(store, (filter) =>
    parseFilter(filter, { ...filterContext(), isStored: true }),
  )
  return {
    store,
    catalog,
    queue: createWriteQueue(store),
    records: createRecords(store, catalog),
    cursors: createCursors(),
    scans: createScans(folder),
    startedAt: new Date(),
  }
}

/** What filters may refer to, with the variables of `let` and the texts' order of a collation. */
export function filterContext(
  variables: ReadonlyMap<string, Value> = new Map(),
  compareText?: CompareText,
): FilterContext {
  return {
    ...(compareText ? { compareText } : {}),
    variables,
    evaluate: (expression: Value, document: Doc) =>
      evaluate(expression, scopeOf(document, variables, compareText)),
    checkExpression: (expression) => {
      checkExpression(expression, new Set(variables.keys()))
    },
  }
}

/** The collection or view of that name, or undefined. */
export function findNamespace(
  { catalog }: Engine,
  db: string,
  name: string,
): Collection | undefined {
  return catalog.collections.get(`${db}.${name}`)
}

/** The collection of that name, or undefined. A view holds nothing and is refused. */
export function findCollection(engine: Engine, db: string, name: string): Collection | undefined {
  const found = findNamespace(engine, db, name)
  if (!found?.options.has('viewOn')) return found
  throw new CommandError(
    'CommandNotSupportedOnView',
    `Namespace ${db}.${name} is a view, not a collection`,
  )
}

/** The collection of that name, or mongod's refusal. */
export function requireCollection(engine: Engine, db: string, name: string): Collection {
  const found = findCollection(engine, db, name)
  if (found) return found
  throw new CommandError('NamespaceNotFound', `ns does not exist: ${namespaceOf({ db, name })}`)
}
