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
  | { readonly kind: 'prefix'; readonly path: string; readonly prefix: string; matches: Matches }
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

/** What a filter may refer to besides the document. */
export interface FilterContext {
  readonly compareText?: CompareText
  /** The filter is about one array element itself, which is not searched a level deeper. */
  readonly isElement?: boolean
  /** The filter was accepted long ago: a rule that is refused today must not keep it from working. */
  readonly isStored?: boolean
  /** Refuses what looks further than one value: `$expr`, texts, places and JavaScript. */
  readonly bansSpecial?: boolean
  /** Evaluates an aggregation expression for `$expr`. */
  readonly evaluate: (expression: Value, document: Doc) => Value
  /** Refuses an expression with an operator that does not exist. */
  readonly checkExpression: (expression: Value) => void
}
