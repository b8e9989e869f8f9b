import { Binary } from 'bson'
import { CommandError } from '../errors.ts'
import { doc, type Doc, type Value } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import type { Transaction } from '../storage/write-queue.ts'
import {
  rememberedProgress,
  rememberProgress,
  retryableWrite,
  type RetryableWrite,
} from './retryable.ts'
import { flagOf, type Request } from './request.ts'

/** What the statements of a write command have come to. */
export interface Tally {
  readonly n: number
  readonly modified: number
  readonly upserted: readonly Doc[]
  readonly errors: readonly Doc[]
  /** What each statement came to; empty for one that was refused. */
  readonly results: readonly StatementResult[]
}

/** What one statement adds to the tally. */
export interface StatementResult {
  readonly n: number
  readonly modified?: number
  readonly upsertedId?: Value
}

/** Called inside the transaction that decides a slow statement, with what it came to. */
export type Settle = (result: StatementResult) => void

/** One insert, update or delete of a write command. */
export interface Statement {
  /**
   * Carries the statement out inside a transaction. `null` means that it would take too long
   * there: `runSlowly` has to do it.
   */
  readonly run: (transaction: Transaction) => StatementResult | null
  readonly runSlowly?: (settle: Settle) => Promise<StatementResult>
}

const emptyTally: Tally = { n: 0, modified: 0, upserted: [], errors: [], results: [] }
const transactionMs = 15

/**
 * Carries out the statements of a write command, as many as fit into each transaction. What a
 * retryable command has done is remembered in the same transaction, so a retry goes on from there.
 */
export async function runStatements(
  engine: Engine,
  request: Request,
  statements: readonly Statement[],
  present: (tally: Tally) => Doc,
): Promise<Doc> {
  const isOrdered = flagOf(request.body, 'ordered', true)
  const write = retryableWrite(request)
  const remembered = write ? rememberedProgress(engine, write) : null
  if (remembered?.isFinished) return remembered.reply
  let tally = remembered ? tallyFrom(remembered.reply) : emptyTally
  let next = remembered?.done ?? 0
  const isOver = (reached: number, now: Tally): boolean =>
    reached >= statements.length || (isOrdered && now.errors.length > 0)
  while (!isOver(next, tally)) {
    const from = { next, tally }
    const step = await engine.queue.run((transaction) => {
      const result = runSome(statements, from, isOver, transaction)
      if (write && result.next > from.next)
        remember(engine, write, result, isOver(result.next, result.tally), present)
      return result
    })
    ;({ next, tally } = step)
    if (step.isStuck) {
      const from = { next, tally }
      const settle: Settle = (result) => {
        const step = { next: from.next + 1, tally: withOutcome(from.tally, result, from.next) }
        if (write) remember(engine, write, step, isOver(step.next, step.tally), present)
      }
      tally = await runOneSlowly(statements[next], from, settle)
      next += 1
    }
  }
  return present(tally)
}

function remember(
  engine: Engine,
  write: RetryableWrite,
  { next, tally }: Point,
  isFinished: boolean,
  present: (tally: Tally) => Doc,
): void {
  rememberProgress(engine, write, {
    done: next,
    reply: isFinished ? present(tally) : describe(tally),
    isFinished,
  })
}

interface Point {
  readonly next: number
  readonly tally: Tally
}

interface Step extends Point {
  readonly isStuck: boolean
}

function runSome(
  statements: readonly Statement[],
  from: Point,
  isOver: (reached: number, now: Tally) => boolean,
  transaction: Transaction,
): Step {
  let { next } = from
  const tally = copyOf(from.tally)
  const ends = performance.now() + transactionMs
  do {
    const statement = statements[next]
    const outcome = statement ? attempt(statement, transaction, next) : null
    if (outcome === null) return { next, tally, isStuck: statement !== undefined }
    add(tally, outcome, next)
    next += 1
  } while (!isOver(next, tally) && performance.now() < ends)
  return { next, tally, isStuck: false }
}

type Outcome = StatementResult | { readonly error: Doc }

function attempt(statement: Statement, transaction: Transaction, index: number): Outcome | null {
  try {
    return statement.run(transaction)
  } catch (error) {
    return { error: writeError(error, index) }
  }
}

async function runOneSlowly(
  statement: Statement | undefined,
  { next, tally }: Point,
  settle: Settle,
): Promise<Tally> {
  try {
    const result = await statement?.runSlowly?.(settle)
    return result ? withOutcome(tally, result, next) : tally
  } catch (error) {
    return withOutcome(tally, { error: writeError(error, next) }, next)
  }
}

/** A refused statement as it stands in `writeErrors`; what ends the whole command does not. */
function writeError(error: unknown, index: number): Doc {
  if (!(error instanceof CommandError) || error.codeName === 'MaxTimeMSExpired') throw error
  return doc({
    index,
    code: error.code,
    errmsg: error.message,
    ...(error.details as Record<string, Value>),
  })
}

function withOutcome(tally: Tally, outcome: Outcome, index: number): Tally {
  const copy = copyOf(tally)
  add(copy, outcome, index)
  return copy
}

// Within a step the tally is added to in place: copying it for each of 100,000 statements would
// take longer than the statements.
interface OpenTally {
  n: number
  modified: number
  readonly upserted: Doc[]
  readonly errors: Doc[]
  readonly results: StatementResult[]
}

function copyOf({ n, modified, upserted, errors, results }: Tally): OpenTally {
  return { n, modified, upserted: [...upserted], errors: [...errors], results: [...results] }
}

function add(tally: OpenTally, outcome: Outcome, index: number): void {
  if ('error' in outcome) {
    tally.errors.push(outcome.error)
    tally.results.push({ n: 0 })
    return
  }
  const { n, modified = 0, upsertedId } = outcome
  tally.n += n
  tally.modified += modified
  tally.results.push({ n, modified })
  if (upsertedId !== undefined) tally.upserted.push(doc({ index, _id: upsertedId }))
}

function describe({ n, modified, upserted, errors, results }: Tally): Doc {
  const numbers = Buffer.from(
    Uint32Array.from(results.flatMap((each) => [each.n, each.modified ?? 0])).buffer,
  )
  return doc({
    n,
    modified,
    upserted: [...upserted],
    errors: [...errors],
    results: new Binary(numbers),
  })
}

function tallyFrom(reply: Doc): Tally {
  const docs = (value: Value): Doc[] => (Array.isArray(value) ? (value as Doc[]) : [])
  return {
    n: Number(reply.get('n') ?? 0),
    modified: Number(reply.get('modified') ?? 0),
    upserted: docs(reply.get('upserted')),
    errors: docs(reply.get('errors')),
    results: resultsFrom(reply.get('results')),
  }
}

function resultsFrom(stored: Value): StatementResult[] {
  const bytes = stored instanceof Binary ? Uint8Array.from(stored.value()) : new Uint8Array()
  const numbers = new Uint32Array(bytes.buffer)
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({
    n: numbers[i * 2] ?? 0,
    modified: numbers[i * 2 + 1] ?? 0,
  }))
}
