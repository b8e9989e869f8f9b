import { setTimeout as delay } from 'node:timers/promises'
import { CommandError, codeNameOf } from '../errors.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { asText } from '../bson/show.ts'
import type { Engine } from '../engine.ts'
import { rememberedProgress, retryableWrite } from './retryable.ts'
import { appNameOf } from './server-commands.ts'
import { docOf, textOf, type Command, type Request, type ServerState } from './request.ts'

/** What a fail point does to one command. */
export interface Failure {
  /** The connection ends: before the command is carried out, or after it. */
  readonly closes: 'before' | 'after' | null
  /** The reply instead of the command's own. */
  readonly reply: Doc | null
  /** What is added to the command's own reply. */
  readonly writeConcernError: Doc | null
}

const retryableCodes = new Set([
  6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
])

/** `configureFailPoint`: makes coming commands fail, as drivers' tests of retries need. */
export const configureFailPoint: Command = ({ body, db }, { failPoints, testCommands }) => {
  if (!testCommands)
    throw new CommandError('CommandNotFound', "no such command: 'configureFailPoint'")
  if (db !== 'admin') {
    throw new CommandError(
      'Unauthorized',
      'configureFailPoint may only be run against the admin database.',
    )
  }
  const name = textOf(body, 'configureFailPoint')
  if (name !== 'failCommand' && name !== 'onPrimaryTransactionalWrite') {
    throw new CommandError(26, `fail point ${name} does not exist here`)
  }
  const mode = checkedMode(body.get('mode'))
  failPoints.delete(name)
  if (mode === 'off') return doc({ count: 0 })
  const number = (key: string): number => {
    const value = isDoc(mode) ? mode.get(key) : undefined
    return isNumber(value) ? toDouble(value) : 0
  }
  const times = isDoc(mode) && mode.has('times') ? number('times') : Infinity
  failPoints.set(name, { skip: number('skip'), times, data: docOf(body, 'data') ?? doc({}) })
  return doc({ count: 0 })
}

function checkedMode(mode: Value): Value {
  const isKnown = isDoc(mode)
    ? ['times', 'skip'].some((name) => isNumber(mode.get(name)))
    : mode === 'off' || mode === 'alwaysOn'
  if (isKnown) return mode
  throw new CommandError(
    'BadValue',
    "the mode of a fail point is 'off', 'alwaysOn', { times: n } or { skip: n }",
  )
}

const noFailure: Failure = { closes: null, reply: null, writeConcernError: null }

/** What the configured fail points do to this command. */
export async function failureOf(
  request: Request,
  { failPoints, engine }: ServerState,
): Promise<Failure> {
  if (failPoints.size === 0 || request.name === 'configureFailPoint') return noFailure
  const failing = failPoints.get('failCommand')
  if (failing && isMeant(failing.data, request) && isDue(failing))
    return failCommand(failing.data, request)
  const writing = failPoints.get('onPrimaryTransactionalWrite')
  if (writing && isNewWrite(request, engine) && isDue(writing)) {
    const isBefore = writing.data.has('failBeforeCommitExceptionCode')
    return { ...noFailure, closes: isBefore ? 'before' : 'after' }
  }
  return noFailure
}

/** A write that was done already and is sent again does not write, so it does not fail either. */
function isNewWrite(request: Request, engine: Engine): boolean {
  const write = retryableWrite(request)
  return write !== null && rememberedProgress(engine, write) === null
}

function isMeant(data: Doc, { name, db, session, body }: Request): boolean {
  const names = data.get('failCommands')
  const appName = data.get('appName')
  const namespace = data.get('namespace')
  if (!Array.isArray(names) || !names.includes(name)) return false
  if (namespace !== undefined && namespace !== `${db}.${asText(body.get(name))}`) return false
  // A client's first hello carries the name that later messages go without.
  return appName === undefined || appName === (session.appName ?? appNameOf(body.get('client')))
}

function isDue(point: { skip: number; times: number }): boolean {
  if (point.skip > 0) {
    point.skip -= 1
    return false
  }
  if (point.times <= 0) return false
  point.times -= 1
  return true
}

async function failCommand(data: Doc, request: Request): Promise<Failure> {
  const block = data.get('blockTimeMS')
  if (data.get('blockConnection') === true && isNumber(block)) {
    const left = Math.max(0, request.deadline - performance.now())
    await delay(Math.min(toDouble(block), left))
    if (toDouble(block) > left)
      return { ...noFailure, reply: failure(50, 'operation exceeded time limit') }
  }
  if (data.get('closeConnection') === true) return { ...noFailure, closes: 'before' }
  const code = data.get('errorCode')
  if (isNumber(code)) return { ...noFailure, reply: failedReply(toDouble(code), data, request) }
  const concern = data.get('writeConcernError')
  return {
    ...noFailure,
    writeConcernError: isDoc(concern)
      ? doc({ writeConcernError: concern, ...labels(concernCode(concern), data, request) })
      : null,
  }
}

function concernCode(concern: Doc): number {
  const code = concern.get('code')
  return isNumber(code) ? toDouble(code) : 0
}

function failedReply(code: number, data: Doc, request: Request): Doc {
  const told = failure(code, "Failing command via 'failCommand' failpoint")
  return new Map([...told, ...Object.entries(labels(code, data, request))])
}

function failure(code: number, errmsg: string): Doc {
  return doc({ ok: 0, errmsg, code, codeName: codeNameOf(code) })
}

function labels(code: number, data: Doc, { body }: Request): Record<string, Value> {
  const given = data.get('errorLabels')
  if (given !== undefined)
    return Array.isArray(given) && given.length > 0 ? { errorLabels: given } : {}
  return body.has('txnNumber') && retryableCodes.has(code)
    ? { errorLabels: ['RetryableWriteError'] }
    : {}
}
