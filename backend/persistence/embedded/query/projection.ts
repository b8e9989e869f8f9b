import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import type { Filter, FilterContext } from './filter-types.ts'
import {
  checkSlice,
  firstMatch,
  isFindSlice,
  slice,
  withMatchedElement,
} from './array-projections.ts'
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
  /** A part of an array is kept, but not of one that is in an array directly within another. */
  readonly isSlice?: boolean
}

type Compute = (value: Value, root: Doc) => Value

/** What a projection may refer to. */
export interface ProjectionContext {
  readonly filters: FilterContext
  /** The query's filter, for the positional `$`; null in aggregations, which have none. */
  readonly filter: Filter | null
}

/** A projection while it is read. */
interface Parsing {
  readonly root: Node
  readonly context: ProjectionContext
  /** Whether it keeps fields or leaves them out; null while that is open. */
  keeps: boolean | null
  /** The path of the positional `$`. */
  elementPath: readonly string[] | null
  hasElementMatch: boolean
}

/** Parses a `find` projection or a `$project` stage. */
export function parseProjection(spec: Doc, context: ProjectionContext): Project {
  const root: Node = { leaf: null, children: new Map(), isAdded: false }
  const parsing: Parsing = {
    root,
    context,
    keeps: null,
    elementPath: null,
    hasElementMatch: false,
  }
  for (const [path, operand] of spec) addPath(parsing, path, operand)
  // Alone, `$elemMatch` keeps the other fields out; beside fields that are left out it does not.
  const includes = parsing.keeps ?? (parsing.hasElementMatch || hasOnlyId(spec, true))
  const id = spec.get('_id')
  if (!root.children.has('_id') && includes) root.children.set('_id', leafNode(true))
  if (isNumber(id) || typeof id === 'boolean') root.children.set('_id', leafNode(isYes(id)))
  const { elementPath } = parsing
  return (document) => {
    const kept = project(document, root, includes, document)
    if (!elementPath || !context.filter) return kept
    return withMatchedElement(kept, elementPath, matchedPosition(document, context.filter))
  }
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
function note(parsing: Parsing, keeps: boolean, refusal: () => CommandError): void {
  if (parsing.keeps === !keeps) throw refusal()
  parsing.keeps = keeps
}

function addPath(parsing: Parsing, path: string, operand: Value): void {
  checkPath(path, parsing.context)
  if (path.endsWith('.$')) {
    addPositional(parsing, path, operand)
  } else if (isNumber(operand) || typeof operand === 'boolean') {
    place(parsing.root, path, isYes(operand))
    if (path !== '_id') noteField(parsing, path, isYes(operand))
  } else if (!isDoc(operand)) {
    addLiteral(parsing, path, operand)
  } else if (operand.size === 1 && operand.keys().next().value?.startsWith('$')) {
    addComputed(parsing, path, operand)
  } else {
    if (operand.size === 0) throw new CommandError(51270, `Invalid empty sub-projection: ${path}`)
    for (const [name, inner] of operand) addPath(parsing, `${path}.${name}`, inner)
  }
}

function noteField(parsing: Parsing, path: string, keeps: boolean): void {
  note(parsing, keeps, () =>
    keeps
      ? new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`),
  )
}

function addPositional(parsing: Parsing, path: string, operand: Value): void {
  if (isDoc(operand)) {
    const message = 'positional projection cannot be used with an expression or sub object'
    throw new CommandError(31271, message)
  }
  if (!isNumber(operand) && typeof operand !== 'boolean')
    throw new CommandError(31308, 'positional projection cannot be used with a literal')
  if (!isYes(operand))
    throw new CommandError(31395, 'positional projection cannot be used with exclusion')
  if (parsing.elementPath) {
    const message = 'Cannot specify more than one positional projection per query.'
    throw new CommandError(31276, message)
  }
  if (parsing.hasElementMatch)
    throw new CommandError(31256, 'Cannot specify positional operator and $elemMatch.')
  if (path === '.$') throw new CommandError(5392900, `Projection on field ${path} is invalid`)
  place(parsing.root, path.slice(0, -2), true)
  parsing.elementPath = path.split('.').slice(0, -1)
  noteField(parsing, path, true)
}

function addLiteral(parsing: Parsing, path: string, operand: Value): void {
  parsing.context.filters.checkExpression(operand)
  placeComputed(parsing, path, operand)
  note(parsing, true, () => {
    const element = `${path}: ${show(operand)}`
    return new CommandError(31310, `Cannot use an expression ${element} in an exclusion projection`)
  })
}

function addComputed(parsing: Parsing, path: string, operand: Doc): void {
  const { root, context } = parsing
  const [[operator, argument] = ['', undefined]] = operand
  if (context.filter && operator === '$slice' && isFindSlice(argument)) {
    checkSlice(operand, argument)
    const part: Compute = (value) => (Array.isArray(value) ? slice(value, argument) : value)
    placeNode(root, path, { ...leafNode(part), isSlice: true })
    return
  }
  if (context.filter && operator === '$elemMatch') {
    place(root, path, elementMatch(parsing, path, argument), true)
    parsing.hasElementMatch = true
    return
  }
  if (operator === '$meta') throw metaRefusal(argument)
  note(parsing, true, () => {
    const message = 'Cannot use expression other than $meta in exclusion projection'
    return new CommandError(31252, message)
  })
  context.filters.checkExpression(operand)
  placeComputed(parsing, path, operand)
}

function elementMatch({ context, elementPath }: Parsing, path: string, argument: Value): Compute {
  const matched = firstMatch(argument, context.filters)
  if (elementPath)
    throw new CommandError(31255, 'Cannot specify positional operator and $elemMatch.')
  if (path.includes('.'))
    throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.')
  return matched
}

function placeComputed({ root, context }: Parsing, path: string, operand: Value): void {
  place(root, path, (_, document) => context.filters.evaluate(operand, document), true)
}

function checkPath(path: string, context: ProjectionContext): void {
  if (path !== '.$') refuseEmptySteps(path)
  const steps = path.split('.')
  const dollar = steps.findIndex((step) => step.startsWith('$'))
  if (dollar < 0) return
  if (context.filter && steps[dollar] === '$' && dollar > 0 && dollar < steps.length - 1) {
    throw new CommandError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.",
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
  placeNode(root, path, leafNode(leaf, isAdded))
}

function placeNode(root: Node, path: string, last: Node): void {
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
    const child = next ?? (isLast ? last : { ...leafNode(false), leaf: null })
    if (!next) node.children.set(step, child)
    node = child
  })
}

function project(document: Doc, node: Node, includes: boolean, root: Doc, isNested = false): Doc {
  const result: Doc = new Map()
  for (const [name, value] of document) {
    const child = node.children.get(name)
    if (!child) {
      if (!includes) result.set(name, value)
      continue
    }
    if (includes && child.isAdded) continue
    const next = projectValue(value, child, includes, root, isNested)
    if (next !== undefined) result.set(name, next)
  }
  for (const [name, child] of node.children) {
    if (document.has(name) && !(includes && child.isAdded)) continue
    const made = document.has(name)
      ? projectValue(document.get(name), child, includes, root, isNested)
      : missingValue(child, includes, root)
    if (made !== undefined) result.set(name, made)
  }
  return result
}

/** `isNested` tells that an array directly within an array is on the way. */
function projectValue(
  value: Value,
  node: Node,
  includes: boolean,
  root: Doc,
  isNested: boolean,
): Value {
  if (node.isSlice && isNested) return value
  if (typeof node.leaf === 'function') return node.leaf(value, root)
  if (node.leaf !== null) return node.leaf ? value : undefined
  if (isDoc(value)) return project(value, node, includes, root, isNested)
  if (Array.isArray(value)) {
    return value
      .map((each) => projectValue(each, node, includes, root, isNested || Array.isArray(each)))
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
