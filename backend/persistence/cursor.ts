import { z } from 'zod'
import { DomainError } from '#domain/errors'

/** Where a page ended: the sort value (a time) and the id after which the next page starts. */
export type Cursor = { readonly at: Date; readonly id: string }

/** The farthest a `Date` reaches, in milliseconds. */
const LAST_TIME = 8.64e15
const Shape = z.tuple([z.number().min(-LAST_TIME).max(LAST_TIME), z.string().max(200)])

/** An opaque cursor for a client to give back. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.at.getTime(), cursor.id])).toString('base64url')
}

/** Reads a cursor back; `invalid` where it is not one of ours. */
export function decodeCursor(text: string): Cursor {
  try {
    const [time, id] = Shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { at: new Date(time), id }
  } catch {
    throw new DomainError('invalid', 'cursor-unknown', {}, '/cursor')
  }
}
