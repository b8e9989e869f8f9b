import { show } from '../bson/show.ts'
import type { Doc } from '../bson/values.ts'
import type { FilterContext } from '../query/filter-types.ts'

/** What an operator is told about where it stands. */
export interface OperatorContext {
  readonly path: string
  readonly filters: FilterContext
  /** The document as it was, for messages and `$rename`. */
  readonly document: Doc
  readonly now: Date
}

/** How messages name a document; one that is being upserted may have no `_id` yet. */
export function idOf(document: Doc): string {
  return document.has('_id') ? `{_id: ${show(document.get('_id'))}}` : '{no id}'
}
