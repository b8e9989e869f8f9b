import { CommandError, notSupported } from '../errors.ts'
import { compareValues } from '../bson/compare.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { sortOrder } from '../query/sort-order.ts'
import { accumulators } from './accumulators.ts'
import { evaluate, scopeOf } from './expressions.ts'
import { runStage } from './mingo-bridge.ts'
import { nameOf } from './operands.ts'
import type { PipelineContext } from './types.ts'
import { isWhole, parseFrame, stretchesOf, type Frame } from './window-frames.ts'

interface Row {
  readonly document: Doc
  readonly partition: Value
  readonly keys: readonly Value[]
}

interface Output {
  readonly path: string
  readonly operator: string
  readonly operand: Value
  readonly frame: Frame
}

type Positional = (rows: readonly Row[], output: Output, context: PipelineContext) => Value[]

// Functions of a document's place, which have no window.
const positional: ReadonlyMap<string, Positional> = new Map<string, Positional>([
  ['$documentNumber', (rows) => rows.map((_, i) => i + 1)],
  ['$rank', (rows) => ranks(rows, (i) => i + 1)],
  ['$denseRank', (rows) => ranks(rows, (_, previous) => previous + 1)],
  ['$shift', shift],
  ['$locf', carriedForward],
])

/** `$setWindowFields`: fields computed from the documents around each. */
export function setWindowFields(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const spec = checked(operand)
  const outputs = parseOutputs(spec.get('output'))
  const sortBy = spec.get('sortBy')
  if (!outputs) {
    if (context.filters.compareText) throw notSupported('a collation with $setWindowFields')
    return documents.length === 0 ? [] : runStage(doc({ $setWindowFields: spec }), documents)
  }
  const ordered = outputs.find(
    ({ operator, frame }) => positional.has(operator) || frame.kind === 'range',
  )
  if (ordered && !isDoc(sortBy))
    throw new CommandError(
      5371602,
      `${ordered.operator} must be specified with a top level sortBy expression with exactly one element`,
    )
  if (!isDoc(sortBy) && outputs.some(({ frame }) => frame.kind === 'documents' && !isWhole(frame)))
    throw new CommandError(5339901, 'Document-based bounds require a sortBy')
  const rows = sorted(documents, spec, context)
  const result: Doc[] = []
  for (let from = 0; from < rows.length;) {
    let to = from + 1
    while (to < rows.length && compareValues(rows[to]?.partition, rows[from]?.partition) === 0)
      to += 1
    result.push(...computed(rows.slice(from, to), outputs, context))
    from = to
  }
  return result
}

function checked(operand: Value): Doc {
  if (!isDoc(operand)) {
    throw new CommandError(
      'FailedToParse',
      `the $setWindowFields stage specification must be an object, found ${nameOf(operand)}`,
    )
  }
  const unknown = [...operand.keys()].find(
    (name) => !['partitionBy', 'sortBy', 'output'].includes(name),
  )
  if (unknown !== undefined)
    throw new CommandError(
      'IDLUnknownField',
      `BSON field '$setWindowFields.${unknown}' is an unknown field.`,
    )
  if (!operand.has('output'))
    throw new CommandError(
      'IDLFailedToParse',
      "BSON field '$setWindowFields.output' is missing but a required field",
    )
  return operand
}

/** The fields asked for, or null when one is by a function that mingo alone has. */
function parseOutputs(output: Value): Output[] | null {
  const outputs: Output[] = []
  for (const [path, spec] of isDoc(output) ? output : doc({})) {
    if (!isDoc(spec))
      throw new CommandError(
        'FailedToParse',
        `The field '${path}' must be a window function object`,
      )
    const operators = [...spec.keys()].filter((name) => name.startsWith('$'))
    const [operator] = operators
    const unknown = [...spec.keys()].find((name) => !name.startsWith('$') && name !== 'window')
    if (operator === undefined || operators.length > 1 || unknown !== undefined) {
      throw new CommandError(
        'FailedToParse',
        'Window function found an unknown argument or more than one function',
      )
    }
    if (!accumulators.has(operator) && !positional.has(operator)) {
      if (mingoFunctions.has(operator)) return null
      throw new CommandError('FailedToParse', `Unrecognized window function, ${operator}`)
    }
    const frame = parseFrame(spec.get('window'))
    if (!frame) return null
    if (positional.has(operator) && spec.has('window'))
      throw new CommandError('FailedToParse', `${operator} does not accept a 'window' field`)
    outputs.push({ path, operator, operand: spec.get(operator), frame })
  }
  return outputs
}

const mingoFunctions = new Set(
  '$derivative $integral $expMovingAvg $linearFill $covariancePop $covarianceSamp $minMaxScaler'.split(
    ' ',
  ),
)

function sorted(documents: readonly Doc[], spec: Doc, context: PipelineContext): Row[] {
  const { variables, filters } = context
  const sortBy = spec.get('sortBy')
  const order = sortOrder(isDoc(sortBy) ? sortBy : doc({}), filters.compareText)
  const partitionBy = spec.get('partitionBy') ?? null
  filters.checkExpression(partitionBy)
  return documents
    .map((document) => {
      const partition =
        evaluate(partitionBy, scopeOf(document, variables, filters.compareText)) ?? null
      if (Array.isArray(partition))
        throw new CommandError(
          'TypeMismatch',
          'An expression used to partition cannot evaluate to value of type array',
        )
      return { document, partition, keys: order.keysOf(document) }
    })
    .sort(
      (a, b) =>
        compareValues(a.partition, b.partition, filters.compareText) ||
        order.compare(a.keys, b.keys),
    )
}

function computed(
  rows: readonly Row[],
  outputs: readonly Output[],
  context: PipelineContext,
): Doc[] {
  const columns = outputs.map((output) => {
    const place = positional.get(output.operator)
    return place ? place(rows, output, context) : accumulated(rows, output, context)
  })
  return rows.map(({ document }, i) =>
    outputs.reduce(
      (result, { path }, column) =>
        withField(result, path.split('.'), columns[column]?.[i] ?? null),
      document,
    ),
  )
}

function withField(document: Doc, [name = '', ...rest]: readonly string[], value: Value): Doc {
  const inner = document.get(name)
  return new Map(document).set(
    name,
    rest.length === 0 ? value : withField(isDoc(inner) ? inner : doc({}), rest, value),
  )
}

function accumulated(
  rows: readonly Row[],
  { operator, operand, frame }: Output,
  context: PipelineContext,
): Value[] {
  const { compareText } = context.filters
  const values = rows.map(({ document }) =>
    evaluate(operand, scopeOf(document, context.variables, compareText)),
  )
  const begin = () => accumulators.get(operator)?.(compareText)
  let gathered = begin()
  let done = [0, 0] as readonly [number, number]
  return stretchesOf(
    frame,
    rows.map(({ keys }) => keys[0]),
  ).map(([from, to]) => {
    // A window that only grows goes on from the one before.
    if (from !== done[0] || to < done[1]) {
      gathered = begin()
      done = [from, from]
    }
    for (let i = done[1]; i < to; i++) gathered?.add(values[i], rows[i]?.document ?? doc({}))
    done = [from, Math.max(to, from)]
    const result = gathered?.result()
    return Array.isArray(result) ? [...result] : isDoc(result) ? new Map(result) : result
  })
}

function ranks(rows: readonly Row[], next: (place: number, previous: number) => number): Value[] {
  let rank = 0
  return rows.map(({ keys }, i) => {
    const before = rows[i - 1]?.keys
    const isPeer =
      before !== undefined && keys.every((key, k) => compareValues(key, before[k]) === 0)
    if (!isPeer) rank = next(i, rank)
    return rank
  })
}

function shift(
  rows: readonly Row[],
  { operand }: Output,
  { variables, filters }: PipelineContext,
): Value[] {
  const by = isDoc(operand) ? operand.get('by') : undefined
  if (
    !isDoc(operand) ||
    !isNumber(by) ||
    !Number.isInteger(toDouble(by)) ||
    !operand.has('output')
  ) {
    throw new CommandError(
      'FailedToParse',
      "$shift requires an 'output' expression and an integer 'by'",
    )
  }
  const valueOf = (document: Doc): Value =>
    evaluate(operand.get('output'), scopeOf(document, variables, filters.compareText)) ?? null
  return rows.map((_, i) => {
    const other = rows[i + toDouble(by)]
    return other
      ? valueOf(other.document)
      : filters.evaluate(operand.get('default') ?? null, doc({}))
  })
}

function carriedForward(
  rows: readonly Row[],
  { operand }: Output,
  { variables, filters }: PipelineContext,
): Value[] {
  let last: Value = null
  return rows.map(({ document }) => {
    last = evaluate(operand, scopeOf(document, variables, filters.compareText)) ?? last
    return last
  })
}
