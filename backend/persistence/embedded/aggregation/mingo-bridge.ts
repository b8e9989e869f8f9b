import { Decimal128, Double, Long } from 'bson'
import type { Options } from 'mingo/types'
import { CommandError } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { isDoc, RawDocument, type Doc, type Value } from '../bson/values.ts'
import { mingo } from './mingo-modules.ts'

/** True when mingo has an expression operator of this name. */
export function hasExpression(name: string): boolean {
  return Object.hasOwn(mingo().expressions, name) && name !== '$function'
}

/** True when mingo has an accumulator of this name. */
export function hasAccumulator(name: string): boolean {
  return Object.hasOwn(mingo().accumulators, name) && name !== '$accumulator'
}

/** Applies one of mingo's operators to operands that are already evaluated. */
export function applyExpression(name: string, operand: Value): Value {
  const { evalExpr, options } = mingo()
  return guarded(name, () =>
    fromPlain(evalExpr({}, { [name]: literal(operand) }, options as Options)),
  )
}

/** Applies one of mingo's accumulators to a group of documents. */
export function applyAccumulator(name: string, spec: Value, group: readonly Doc[]): Value {
  const { Aggregator, options } = mingo()
  return guarded(name, () => {
    const plain = group.map(toPlain) as Record<string, unknown>[]
    const stage = { $group: { _id: null, result: { [name]: toPlain(spec) } } }
    const [answer] = new Aggregator([stage], options).run<{ result: unknown }>(plain)
    return fromPlain(answer?.result)
  })
}

/** Runs one of mingo's pipeline stages over documents. */
export function runStage(stage: Doc, documents: readonly Doc[]): Doc[] {
  const { Aggregator, options } = mingo()
  // mingo's window stages call functions of their own; none can come from a client, whose values are data.
  const stageOptions: Partial<Options> = { ...options, scriptEnabled: true }
  return guarded(stage.keys().next().value ?? '', () => {
    const plain = documents.map((each, i) => ({ ...(toPlain(each) as object), [place]: i }))
    const answers = new Aggregator([toPlain(stage) as Record<string, unknown>], stageOptions).run(
      plain,
    )
    return answers
      .map(fromPlain)
      .filter(isDoc)
      .map((answer) => restored(answer, documents))
  })
}

// Where a document stood before: no client's field has a name with a null byte.
const place = '\0place'

/** The answer with what the stage left alone as it was: mingo knows one type of number only. */
function restored(answer: Doc, documents: readonly Doc[]): Doc {
  const at = answer.get(place)
  const original = typeof at === 'number' ? documents[at] : undefined
  const result: Doc = new Map()
  for (const [name, value] of answer) {
    if (name === place) continue
    const before = original?.get(name)
    const isSame = before !== undefined && equalValues(before, value)
    result.set(name, isSame ? before : value)
  }
  return result
}

function literal(operand: Value): unknown {
  if (Array.isArray(operand)) return operand.map((each) => ({ $literal: toPlain(each) }))
  if (isDoc(operand)) {
    return Object.fromEntries(
      [...operand].map(([name, value]) => [name, { $literal: toPlain(value) }]),
    )
  }
  return { $literal: toPlain(operand) }
}

function guarded<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CommandError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError('BadValue', `${name}: ${reason}`)
  }
}

/** A value as mingo expects it. Numbers become JavaScript's where that loses nothing. */
function toPlain(value: Value): unknown {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  if (Array.isArray(value)) return value.map(toPlain)
  if (value instanceof Map) {
    const result: Record<string, unknown> = {}
    for (const [name, inner] of value) define(result, name, toPlain(inner))
    return result
  }
  if (value instanceof Double) return value.value
  return value
}

// Assigning to `__proto__` would change the object's prototype; defining it makes a field.
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value
  else
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

/** A value that came out of mingo. */
function fromPlain(value: unknown): Value {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'function' || typeof value === 'symbol' ? undefined : (value as Value)
  }
  if (Array.isArray(value)) return value.map((each) => fromPlain(each) ?? null)
  if (value instanceof Long) return value.toBigInt()
  if (value instanceof Map) return value as Doc
  if (
    value instanceof Date ||
    value instanceof Decimal128 ||
    value instanceof RawDocument ||
    '_bsontype' in value
  ) {
    return value as Value
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, fromPlain(inner)] as const)
  return new Map(entries.filter(([, inner]) => inner !== undefined))
}
