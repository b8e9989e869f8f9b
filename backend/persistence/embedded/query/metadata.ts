import { CommandError, notSupported } from '../errors.ts'
import { show } from '../bson/show.ts'
import type { Doc, Value } from '../bson/values.ts'

const wanting: Readonly<Record<string, string>> = {
  textScore: 'text score',
  searchScore: '$search score',
  searchHighlights: '$search highlights',
  geoNearDistance: '$geoNear distance',
  geoNearPoint: '$geoNear point',
}
const kept = ['indexKey', 'recordId', 'sortKey', 'randVal']

/** Why a query cannot tell `{ $meta: … }`: nothing here computes scores, distances and the like. */
export function metaRefusal(kind: Value): CommandError {
  const name = typeof kind === 'string' ? kind : ''
  const score = Object.hasOwn(wanting, name) ? wanting[name] : undefined
  if (score !== undefined) {
    const message = `query requires ${score} metadata, but it is not available`
    return new CommandError(40218, message)
  }
  if (kept.includes(name)) return notSupported(`$meta: ${show(name)}`)
  return new CommandError(
    17308,
    `Unsupported argument to $meta: ${name === '' ? show(kind) : name}`,
  )
}

const sortable = ['textScore', 'searchScore', 'geoNearDistance', 'randVal']

/** Why nothing can be sorted by an object, where mongod has `{ $meta: … }` alone. */
export function sortRefusal(direction: Doc): CommandError {
  const [first] = direction
  if (first?.[0] !== '$meta')
    return new CommandError(17312, '$meta is the only expression supported by $sort right now')
  if (direction.size > 1)
    return new CommandError(
      'FailedToParse',
      'Cannot have additional keys in a $meta sort specification',
    )
  const [, kind] = first
  if (typeof kind === 'string' && sortable.includes(kind)) return metaRefusal(kind)
  return new CommandError(31138, `Illegal $meta sort: $meta: ${show(kind)}`)
}
