import { Binary } from 'bson'
import { CommandError, notSupported } from '../errors.ts'
import { decodeDocument } from '../bson/decode.ts'
import { encodeDocument } from '../bson/encode.ts'
import { doc, isDoc, isNumber, toDouble, type Doc } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import type { Request } from './request.ts'

/** A write that the client may send again and that must then not happen twice. */
export interface RetryableWrite {
  readonly key: Buffer
  readonly number: bigint
}

/** How far a retryable write has come, as it is remembered with the write itself. */
export interface Progress {
  /** Statements carried out so far. */
  readonly done: number
  readonly reply: Doc
  readonly isFinished: boolean
}

const sessionLifetimeMs = 30 * 60 * 1000

/** The identity of a retryable write, or null when the command is not one. */
export function retryableWrite({ body }: Request): RetryableWrite | null {
  if (body.get('startTransaction') !== undefined || body.get('autocommit') !== undefined) {
    throw notSupported('a multi-document transaction')
  }
  const number = body.get('txnNumber')
  if (number === undefined) return null
  const lsid = body.get('lsid')
  const id = isDoc(lsid) ? lsid.get('id') : undefined
  if (!(id instanceof Binary) || !isNumber(number)) {
    throw new CommandError(
      'InvalidOptions',
      'Transaction number requires a session ID to also be specified',
    )
  }
  return { key: Buffer.from(id.value()), number: BigInt(toDouble(number)) }
}

/** What is remembered of a write that is sent again, or null when it is new. */
export function rememberedProgress(engine: Engine, write: RetryableWrite): Progress | null {
  const stored = engine.store.sessions.get(write.key)
  if (!stored) return null
  const entry = decodeDocument(stored)
  const number = BigInt(Number(entry.get('number')))
  if (number > write.number) {
    throw new CommandError(
      'TransactionTooOld',
      `Retryable write with txnNumber ${String(write.number)} is prohibited on session because a newer retryable write with txnNumber ${String(number)} has already started on this session.`,
    )
  }
  const reply = entry.get('reply')
  if (number < write.number || !isDoc(reply)) return null
  return { done: Number(entry.get('done')), reply, isFinished: entry.get('finished') === true }
}

/** Remembers a write's progress, in the transaction that makes it. */
export function rememberProgress(engine: Engine, write: RetryableWrite, progress: Progress): void {
  const { done, reply, isFinished } = progress
  const entry = doc({ number: write.number, at: new Date(), done, finished: isFinished, reply })
  engine.store.sessions.putSync(write.key, encodeDocument(entry))
}

/** Forgets sessions that no client can come back to. */
export async function forgetOldSessions(engine: Engine, now: number): Promise<void> {
  const old: Buffer[] = []
  for (const { key, value } of engine.store.sessions.getRange({})) {
    const at = decodeDocument(value).get('at')
    if (!(at instanceof Date) || now - at.getTime() > sessionLifetimeMs) old.push(key)
  }
  if (old.length === 0) return
  await engine.queue.run(() => {
    for (const key of old) engine.store.sessions.removeSync(key)
  })
}
