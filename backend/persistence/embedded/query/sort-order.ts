import { CommandError } from '../errors.ts'
import { compareValues, type CompareText } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { extractEntries, type Extraction } from '../indexes/extract.ts'
import { sortRefusal } from './metadata.ts'
import { refuseEmptySteps } from './paths.ts'

/** A sort specification, ready to compare by. */
export interface SortOrder {
  /** The names of the fields that it looks into. */
  readonly reads: ReadonlySet<string>
  readonly keysOf: (document: Doc) => Value[]
  readonly compare: (a: readonly Value[], b: readonly Value[]) => number
}

/** Reads a sort specification; an array sorts by its least or greatest element. */
export function sortOrder(sort: Doc, compareText?: CompareText): SortOrder {
  const parts = [...sort]
    .filter(([name]) => name !== '$natural')
    .map(([path, direction]) => ({ steps: path.split('.'), sign: signOf(path, direction) }))
  if (sort.has('$natural') && sort.size > 1)
    throw new CommandError('BadValue', 'Cannot include $natural with other sort keys')
  for (const { steps } of parts) checkSteps(steps)
  const paths = parts.map(({ steps }) => steps)
  const result: SortOrder = {
    reads: new Set(paths.map(([head = '']) => head)),
    keysOf: (document) => keysIn(document, result, paths),
    compare: (a, b) => {
      for (let i = 0; i < parts.length; i++) {
        const difference = compareValues(a[i], b[i], compareText)
        if (difference !== 0) return difference * (parts[i]?.sign ?? 1)
      }
      return 0
    },
  }
  return result
}

function signOf(path: string, direction: Value): 1 | -1 {
  const sign = isNumber(direction) ? toDouble(direction) : 0
  if (sign === 1 || sign === -1) return sign
  if (isDoc(direction)) throw sortRefusal(direction)
  if (!isNumber(direction)) {
    throw new CommandError(15974, `Illegal key in $sort specification: ${path}: ${show(direction)}`)
  }
  throw new CommandError(
    15975,
    '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
  )
}

function checkSteps(steps: readonly string[]): void {
  refuseEmptySteps(steps.join('.'))
  const dollar = steps.find((step) => step.startsWith('$') && !references.has(step))
  if (dollar !== undefined) {
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$', given '${dollar}'.`,
    )
  }
}

const references = new Set(['$id', '$ref', '$db'])

/**
 * The keys that a document sorts by. They are those of its best index entry: fields of one array's
 * element go together, and an element that has no such field counts as null.
 */
function keysIn(document: Doc, order: SortOrder, paths: readonly (readonly string[])[]): Value[] {
  const { entries } = entriesOf(document, paths)
  const [first = []] = entries
  const best = entries.reduce((one, each) => (order.compare(each, one) < 0 ? each : one), first)
  return best.map((value) => value ?? null)
}

function entriesOf(document: Doc, paths: readonly (readonly string[])[]): Extraction {
  try {
    return extractEntries(document, paths)
  } catch {
    throw new CommandError('BadValue', 'cannot sort with keys that are parallel arrays')
  }
}
