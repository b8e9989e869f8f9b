import { Decimal128 } from 'bson'
import { compareValues } from '../bson/compare.ts'
import { divideDecimal } from '../bson/rounding.ts'
import { doubleValue, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { encodeKey } from '../indexes/key-encoding.ts'
import { sumOf } from './value-operators.ts'

/** Gathers the values of one field of a group, one document at a time. */
export interface Accumulator {
  readonly add: (value: Value) => void
  readonly result: () => Value
}

/** Accumulators that need no more memory than their result. */
export const accumulators: ReadonlyMap<string, () => Accumulator> = new Map([
  ['$sum', sum],
  ['$avg', average],
  ['$min', () => extreme(-1)],
  ['$max', () => extreme(1)],
  ['$first', first],
  ['$last', last],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$count', count],
  ['$mergeObjects', mergeObjects],
])

function sum(): Accumulator {
  let total: Value = 0
  return {
    add: (value) => {
      if (isNumber(value)) total = sumOf([total, value])
    },
    result: () => total,
  }
}

function average(): Accumulator {
  let total: Value = 0
  let numbers = 0
  return {
    add: (value) => {
      if (!isNumber(value)) return
      total = sumOf([total, value])
      numbers += 1
    },
    result: () => {
      if (numbers === 0 || !isNumber(total)) return null
      if (total instanceof Decimal128) return divideDecimal(total, numbers)
      return doubleValue(toDouble(total) / numbers)
    },
  }
}

function extreme(sign: 1 | -1): Accumulator {
  let best: Value = null
  return {
    add: (value) => {
      if (value === null || value === undefined) return
      if (best === null || compareValues(value, best) * sign > 0) best = value
    },
    result: () => best,
  }
}

function first(): Accumulator {
  let isFirst = true
  let kept: Value = null
  return {
    add: (value) => {
      if (isFirst) kept = value ?? null
      isFirst = false
    },
    result: () => kept,
  }
}

function last(): Accumulator {
  let kept: Value = null
  return {
    add: (value) => {
      kept = value ?? null
    },
    result: () => kept,
  }
}

function push(): Accumulator {
  const values: Value[] = []
  return {
    add: (value) => {
      if (value !== undefined) values.push(value)
    },
    result: () => values,
  }
}

function addToSet(): Accumulator {
  const values = new Map<string, Value>()
  return {
    add: (value) => {
      if (value !== undefined) values.set(encodeKey([value], []).toString('latin1'), value)
    },
    result: () => [...values.values()],
  }
}

function count(): Accumulator {
  let documents = 0
  return {
    add: () => {
      documents += 1
    },
    result: () => documents,
  }
}

function mergeObjects(): Accumulator {
  const merged: Doc = new Map()
  return {
    add: (value) => {
      if (!isDoc(value)) return
      for (const [name, inner] of value) merged.set(name, inner)
    },
    result: () => merged,
  }
}
