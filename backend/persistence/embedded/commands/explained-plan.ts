import { doc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import type { Access, IndexAccess } from '../query/planner.ts'
import { isMultikey } from '../storage/catalog.ts'
import { sortMemoryLimit } from '../query/results.ts'
import { comesSorted } from './execution.ts'
import { docOf } from './request.ts'

/** The stages of a `find`, as mongod would describe them, around the way its documents are found. */
export function describePlan(access: Access, body: Doc): Doc {
  const filter = docOf(body, 'filter')
  const source = describeAccess(access, filter && filter.size > 0 ? filter : null)
  const [skip, limit] = [amount(body.get('skip')), amount(body.get('limit'))]
  const sort = docOf(body, 'sort')
  const blocking = sort && !comesSorted(access, sort) ? sort : null
  const sorted = blocking ? sortOf(source, blocking, limit > 0 ? skip + limit : 0) : source
  const skipped = skip > 0 ? doc({ stage: 'SKIP', skipAmount: skip, inputStage: sorted }) : sorted
  const projected = projectionOf(skipped, docOf(body, 'projection'))
  // An order made in memory stops at the limit by itself.
  return limit > 0 && !blocking
    ? doc({ stage: 'LIMIT', limitAmount: limit, inputStage: projected })
    : projected
}

function amount(value: Value): number {
  return isNumber(value) ? Math.abs(toDouble(value)) : 0
}

function sortOf(inputStage: Doc, sortPattern: Doc, limitAmount: number): Doc {
  return doc({
    stage: 'SORT',
    sortPattern,
    memLimit: sortMemoryLimit,
    ...(limitAmount > 0 ? { limitAmount } : {}),
    type: 'simple',
    inputStage,
  })
}

function projectionOf(inputStage: Doc, projection: Doc | null): Doc {
  if (!projection || projection.size === 0) return inputStage
  const isSimple = [...projection].every(
    ([path, each]) => !path.includes('.') && (isNumber(each) || typeof each === 'boolean'),
  )
  const stage = isSimple ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT'
  return doc({ stage, transformBy: projection, inputStage })
}

function describeAccess(access: Access, filter: Doc | null): Doc {
  if (access.kind === 'scan') {
    const direction = access.reverse ? 'backward' : 'forward'
    return doc({ stage: 'COLLSCAN', ...(filter ? { filter } : {}), direction })
  }
  if (access.kind === 'union') {
    return doc({
      stage: 'FETCH',
      inputStage: doc({ stage: 'OR', inputStages: access.parts.map(describeIndex) }),
    })
  }
  const source = describeIndex(access)
  const inputStage = access.isMerged ? doc({ stage: 'SORT_MERGE', inputStages: [source] }) : source
  return doc({ stage: 'FETCH', inputStage })
}

function describeIndex({ index, ranges, bounds, reverse }: IndexAccess): Doc {
  return doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key') ?? doc({}),
    indexName: index.name,
    isMultiKey: isMultikey(index),
    multiKeyPaths: new Map(index.fields.map((field, i) => [field, index.arrays[i] ? [field] : []])),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== null,
    indexVersion: 2,
    direction: reverse ? 'backward' : 'forward',
    boundFields: index.fields.slice(0, bounds.length),
    rangeCount: ranges.length,
  })
}
