import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import type { Filter, FilterContext } from './filter-types.ts'
import { parseFilter } from './filter.ts'
import { metaRefusal } from './metadata.ts'
import { refuseEmptySteps } from './paths.ts'
import { matchedPosition } from './positional.ts'

/** Picks from a document what a projection asks for. */
export type Project = (document: Doc) => Doc

/** A projection as a tree of names. */
interface Node {
  /** A leaf: keep (true), leave out (false), or compute. */
  readonly leaf: boolean | Compute | null
  readonly children: Map<string, Node>
  /** Computed anew, so that it stands after what is kept of the document. */
  readonly isAdded: boolean
}

type Compute = (value: Value, root: Doc) => Value

/** What a projection may refer to. */
export interface ProjectionContext {
  readonly filters: FilterContext
  /** The query's filter, for the positional `$`; null in aggregations, which have none. */
  readonly filter: Filter | null
}

/** Parses a `find` projection or a `$project` stage. */
export function parseProjection(spec: Doc, context: ProjectionContext): Project {
  const root: Node = { leaf: null, children: new Map(), isAdded: false }
  const modes = new Set<boolean>()
  if ([...spec.keys()].filter((path) => path.endsWith('.$')).length > 1) {
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.')
  }
  for (const [path, operand] of spec) addPath(root, path, operand, context, modes)
  const keepsRest = modes.size === 0 && !isAsked(spec, '$elemMatch', context)
  const includes = modes.has(true) || (modes.size === 0 && (!keepsRest || hasOnlyId(spec, true)))
  const id = spec.get('_id')
  if (!root.children.has('_id') && includes) root.children.set('_id', leafNode(true))
  if (isNumber(id) || typeof id === 'boolean') root.children.set('_id', leafNode(isYes(id)))
  return (document) => project(document, root, includes, document)
}

/**
 * What a projection asks for where it only keeps or leaves out whole fields: no document has to be
 * decoded for that. Null where it asks for more. It was accepted by `parseProjection` before.
 */
export function plainProjection(
  spec: Doc,
): { readonly names: ReadonlySet<string>; readonly isKept: boolean } | null {
  const wanted = [...spec].filter(([name]) => name !== '_id')
  const isPlain = ([name, operand]: readonly [string, Value]): boolean =>
    (isNumber(operand) || typeof operand === 'boolean') && !name.includes('.')
  if (![...spec].every(isPlain)) return null
  const id = spec.get('_id')
  const isKept = isYes(wanted[0]?.[1] ?? id)
  const names = new Set(wanted.map(([name]) => name))
  // The id stays unless it is left out by name.
  if ((id === undefined || isYes(id)) === isKept) names.add('_id')
  return { names, isKept }
}

/** Alone, `$elemMatch` keeps the other fields out; beside fields that are left out it does not. */
function isAsked(spec: Doc, operator: string, { filter }: ProjectionContext): boolean {
  return filter !== null && [...spec.values()].some((each) => isDoc(each) && each.has(operator))
}

function hasOnlyId(spec: Doc, wanted: boolean): boolean {
  const id = spec.get('_id')
  const isPlain = isNumber(id) || typeof id === 'boolean'
  const rest = [...spec].filter(([name]) => name !== '_id')
  // Only array operators besides `_id`: `{ _id: 1, list: { $slice: 2 } }` keeps nothing else.
  return isPlain && isYes(id) === wanted && rest.every(([, operand]) => isDoc(operand))
}

function leafNode(leaf: boolean | Compute, isAdded = false): Node {
  return { leaf, children: new Map(), isAdded }
}

function isYes(value: Value): boolean {
  return isNumber(value) ? toDouble(value) !== 0 : value === true
}

/** Notes what a field asks for; a projection either keeps fields or leaves them out. */
function note(modes: Set<boolean>, keep: boolean, path: string, isComputed = false): void {
  if (modes.has(!keep)) {
    if (!keep)
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
    throw isComputed
      ? new CommandError(31252, `Cannot use an expression ${path} in an exclusion projection`)
      : new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
  }
  modes.add(keep)
}

function addPath(
  root: Node,
  path: string,
  operand: Value,
  context: ProjectionContext,
  modes: Set<boolean>,
): void {
  checkPath(path, context)
  if (path.endsWith('.$')) {
    if ((isNumber(operand) || typeof operand === 'boolean') && !isYes(operand))
      throw new CommandError(31395, 'positional projection cannot be used with exclusion')
    note(modes, true, path)
    place(root, path.slice(0, -2), positional(path.slice(0, -2), context))
    return
  }
  if (isNumber(operand) || typeof operand === 'boolean') {
    const keep = isYes(operand)
    if (path !== '_id') note(modes, keep, path)
    place(root, path, keep)
    return
  }
  if (isDoc(operand) && !operand.keys().next().value?.startsWith('$')) {
    if (operand.size === 0)
      throw new CommandError(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path`,
      )
    for (const [name, inner] of operand) addPath(root, `${path}.${name}`, inner, context, modes)
    return
  }
  addComputed(root, path, operand, context, modes)
}

function addComputed(
  root: Node,
  path: string,
  operand: Value,
  context: ProjectionContext,
  modes: Set<boolean>,
): void {
  const operator = isDoc(operand) ? (operand.keys().next().value ?? '') : ''
  const argument = isDoc(operand) ? operand.get(operator) : undefined
  if (isDoc(operand) && operand.size > 1) context.filters.checkExpression(operand)
  if (context.filter && operator === '$slice' && isFindSlice(argument)) {
    checkSlice(operand, argument)
    place(root, path, (value) => (Array.isArray(value) ? slice(value, argument) : value))
    return
  }
  if (context.filter && operator === '$elemMatch') {
    if (path.includes('.'))
      throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.')
    place(root, path, firstMatch(argument, context), true)
    return
  }
  if (operator === '$meta') throw metaRefusal(argument)
  note(modes, true, path, true)
  context.filters.checkExpression(operand)
  place(root, path, (_, document) => context.filters.evaluate(operand, document), true)
}

function checkPath(path: string, context: ProjectionContext): void {
  refuseEmptySteps(path)
  const steps = path.split('.')
  const dollar = steps.findIndex((step) => step.startsWith('$'))
  if (dollar < 0) return
  if (context.filter && steps[dollar] === '$' && dollar > 0 && dollar < steps.length - 1) {
    throw new CommandError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$.",
    )
  }
  if (context.filter && dollar === steps.length - 1 && steps[dollar] === '$' && dollar > 0) return
  if (['$id', '$ref', '$db'].includes(steps[dollar] ?? '')) return
  throw new CommandError(
    16410,
    `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
  )
}

function place(root: Node, path: string, leaf: boolean | Compute, isAdded = false): void {
  const steps = path.split('.')
  let node = root
  steps.forEach((step, i) => {
    const isLast = i === steps.length - 1
    const next = node.children.get(step)
    if (next && isLast) throw new CommandError(31250, `Path collision at ${path}`)
    if (next && next.leaf !== null) {
      const rest = steps.slice(i + 1).join('.')
      throw new CommandError(31249, `Path collision at ${path} remaining portion ${rest}`)
    }
    const child = next ?? (isLast ? leafNode(leaf, isAdded) : { ...leafNode(false), leaf: null })
    if (!next) node.children.set(step, child)
    node = child
  })
}

function project(document: Doc, node: Node, includes: boolean, root: Doc): Doc {
  const result: Doc = new Map()
  for (const [name, value] of document) {
    const child = node.children.get(name)
    if (!child) {
      if (!includes) result.set(name, value)
      continue
    }
    if (includes && child.isAdded) continue
    const next = projectValue(value, child, includes, root)
    if (next !== undefined) result.set(name, next)
  }
  for (const [name, child] of node.children) {
    if (document.has(name) && !(includes && child.isAdded)) continue
    const made = document.has(name)
      ? projectValue(document.get(name), child, includes, root)
      : missingValue(child, includes, root)
    if (made !== undefined) result.set(name, made)
  }
  return result
}

function projectValue(value: Value, node: Node, includes: boolean, root: Doc): Value {
  if (typeof node.leaf === 'function') return node.leaf(value, root)
  if (node.leaf !== null) return node.leaf ? value : undefined
  if (isDoc(value)) return project(value, node, includes, root)
  if (Array.isArray(value)) {
    return value
      .map((element) => projectValue(element, node, includes, root))
      .filter((element) => element !== undefined)
  }
  return includes ? missingValue(node, includes, root) : value
}

/** Computed fields appear even where the document has nothing at their path. */
function missingValue(node: Node, includes: boolean, root: Doc): Value {
  if (typeof node.leaf === 'function') return node.leaf(undefined, root)
  if (node.leaf !== null) return undefined
  const made = project(new Map(), node, includes, root)
  return made.size > 0 || addsFields(node) ? made : undefined
}

// Computed fields need their document, even if none of them has a value.
function addsFields({ children }: Node): boolean {
  return [...children.values()].some((child) => child.isAdded || addsFields(child))
}

function positional(path: string, { filter }: ProjectionContext): Compute {
  return (value, root) => {
    if (!Array.isArray(value)) return value
    const index = filter ? matchedPosition(root, path, filter) : null
    if (index === null) {
      throw new CommandError(
        51246,
        "positional operator '.$' couldn't find a matching element in the array",
      )
    }
    return [value[index]]
  }
}

function firstMatch(argument: Value, { filters }: ProjectionContext): Compute {
  if (!isDoc(argument))
    throw new CommandError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${bsonType(argument)[1]}`,
    )
  const filter = parseFilter(new Map([['list', new Map([['$elemMatch', argument]])]]), filters)
  return (value) => {
    if (!Array.isArray(value)) return undefined
    const found = value.find((element) => filter.matches(new Map([['list', [element]]])))
    return found === undefined ? undefined : [found]
  }
}

/** `$slice` as `find` has it: a count, or where to begin and a count; else it is an expression. */
function isFindSlice(argument: Value): boolean {
  if (!Array.isArray(argument)) return true
  return argument.length === 2 && argument.every(isNumber)
}

function checkSlice(operand: Value, argument: Value): void {
  if (isNumber(argument) || Array.isArray(argument)) return
  throw new CommandError(
    28667,
    `Invalid $slice syntax. The given syntax ${show(operand)} did not match the find() syntax because :: Location31273: $slice only supports numbers and [skip, limit] arrays :: The given syntax did not match the expression $slice syntax. :: caused by :: Expression $slice takes at least 2 arguments, and at most 3, but 1 were passed in.`,
  )
}

function slice(array: readonly Value[], argument: Value): Value[] {
  const [first, second] = (Array.isArray(argument) ? argument : [argument]).map((each) =>
    isNumber(each) ? Math.trunc(toDouble(each)) : 0,
  )
  if (first === undefined) return [...array]
  if (second === undefined) return first < 0 ? array.slice(first) : array.slice(0, first)
  if (second <= 0)
    throw new CommandError(28724, 'First argument to $slice must be an array, but is of type: int')
  const start = first < 0 ? Math.max(0, array.length + first) : first
  return array.slice(start, start + second)
}
