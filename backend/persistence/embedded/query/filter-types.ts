import type { CompareText } from '../bson/compare.ts'
import type { Doc, Value } from '../bson/values.ts'

/** Comparisons that an index can answer. */
export type RangeOperator = '$eq' | '$lt' | '$lte' | '$gt' | '$gte'

/**
 * A parsed filter. `matches` decides about a document; the other members tell the planner what
 * an index could do for it.
 */
export type Filter = Clause & {
  /** The names of the fields that the whole filter looks into; null or missing: it may be any. */
  reads?: ReadonlySet<string> | null
  /** What a whole filter was parsed from, where that is all there is to know about it. */
  origin?: FilterOrigin
  /** Which element of an array made a document match, for `$` in updates and projections. */
  readonly place?: Place
}

/** A filter before it was parsed, and the values that its expressions may name. */
export interface FilterOrigin {
  readonly filter: Doc
  readonly variables: ReadonlyMap<string, Value>
}

type Clause =
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Filter[]; matches: Matches }
  | {
      readonly kind: 'range'
      readonly path: string
      operator: RangeOperator
      value: Value
      matches: Matches
    }
  | {
      readonly kind: 'in'
      readonly path: string
      readonly values: readonly Value[]
      matches: Matches
    }
  | {
      readonly kind: 'prefix'
      readonly path: string
      readonly prefix: string
      readonly pattern: string
      matches: Matches
    }
  | { readonly kind: 'exists'; readonly path: string; readonly exists: boolean; matches: Matches }
  | {
      readonly kind: 'type'
      readonly path: string
      readonly types: readonly number[]
      matches: Matches
    }
  | { readonly kind: 'element'; readonly path: string; readonly inner: Filter; matches: Matches }
  | { readonly kind: 'other'; matches: Matches }

/** Decides whether a document is wanted. */
export type Matches = (document: Doc) => boolean

/** As `placeAt` answers. */
export type Place = (document: Doc) => number | null

/** What a filter may refer to besides the document. */
export interface FilterContext {
  readonly compareText?: CompareText
  /** What expressions may name with `$$`. */
  readonly variables: ReadonlyMap<string, Value>
  /** The filter is about one array element itself, which is not searched a level deeper. */
  readonly isElement?: boolean
  /** The filter was accepted long ago: a rule that is refused today must not keep it from working. */
  readonly isStored?: boolean
  /** The filter is about documents inside of documents. */
  readonly isWithin?: boolean
  /** The filter is no whole query: one of array elements in an update, or of an index. */
  readonly isPart?: boolean
  /** The filter is an upsert's, from which a document may have to be made. */
  readonly isUpsert?: boolean
  /** Evaluates an aggregation expression for `$expr`. */
  readonly evaluate: (expression: Value, document: Doc) => Value
  /** Refuses an expression with an operator that does not exist. */
  readonly checkExpression: (expression: Value) => void
}
