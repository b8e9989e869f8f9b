import { Timestamp } from 'bson'
import type { Doc, Value } from './values.ts'

/** True when a field of the document is `Timestamp(0, 0)`, which stands for the present moment. */
export function hasEmptyTimestamp(document: Doc): boolean {
  return [...document.values()].some(isEmptyTimestamp)
}

/** The document with the present moment in its empty timestamps; `_id` keeps what it has. */
export function withTimestamps(document: Doc): Doc {
  if (!hasEmptyTimestamp(document)) return document
  return new Map(
    [...document].map(([name, value]) => [
      name,
      name !== '_id' && isEmptyTimestamp(value) ? currentTimestamp() : value,
    ]),
  )
}

function isEmptyTimestamp(value: Value): boolean {
  return value instanceof Timestamp && value.toBigInt() === 0n
}

let lastSecond = 0
let increment = 0

function currentTimestamp(): Timestamp {
  const second = Math.floor(Date.now() / 1000)
  increment = second === lastSecond ? increment + 1 : 1
  lastSecond = second
  return Timestamp.fromBits(increment, second)
}
