import type { Doc, Value } from '../bson/values.ts'
import type { CompareText } from '../bson/compare.ts'
import type { FilterContext } from '../query/filter-types.ts'

/** What an expression sees: the document and the variables in scope. */
export interface Scope {
  readonly root: Value
  readonly variables: ReadonlyMap<string, Value>
  /** How texts compare, if the command has a collation. */
  readonly compareText?: CompareText | undefined
}

/** An operator that evaluates its operands itself. */
export type BindingOperator = (
  operand: Value,
  scope: Scope,
  evaluate: (expression: Value, scope: Scope) => Value,
) => Value

/** What the stages of a pipeline may use. */
export interface PipelineContext {
  readonly filters: FilterContext
  readonly variables: ReadonlyMap<string, Value>
  /** Runs a pipeline over another collection of the same database. */
  readonly aggregate: (
    collection: string,
    pipeline: readonly Value[],
    variables: ReadonlyMap<string, Value>,
  ) => Promise<Doc[]>
  /** The same with other variables in scope. */
  readonly within: (variables: ReadonlyMap<string, Value>) => PipelineContext
  /** Runs a pipeline over documents at hand. */
  readonly run: (pipeline: readonly Value[], documents: Doc[]) => Promise<Doc[]>
  /** Lets other clients have their turn after a while of work. */
  readonly pause: () => Promise<void>
}

/** One stage: all documents in, all documents out. */
export type Stage = (
  documents: Doc[],
  operand: Value,
  context: PipelineContext,
) => Doc[] | Promise<Doc[]>
