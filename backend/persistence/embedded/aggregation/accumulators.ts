import { Decimal128 } from 'bson'
import { compareValues, type CompareText } from '../bson/compare.ts'
import { divideDecimal } from '../bson/rounding.ts'
import { doubleValue, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { encodeKey } from '../indexes/key-encoding.ts'
import { deviationOf } from './deviation.ts'
import { nAccumulators } from './n-operators.ts'
import { percentiles, ranksOf } from './percentile.ts'
import { notAnObject, sumOf } from './value-operators.ts'

/** Gathers the values of one field of a group, one document at a time. */
export interface Accumulator {
  readonly add: (value: Value, document: Doc) => void
  readonly result: () => Value
}

/** Accumulators that need no more memory than their result. */
export const accumulators: ReadonlyMap<string, (compareText?: CompareText) => Accumulator> =
  new Map<string, (compareText?: CompareText) => Accumulator>([
    ['$sum', sum],
    ['$avg', average],
    ['$stdDevPop', () => deviation('population')],
    ['$stdDevSamp', () => deviation('sample')],
    ['$min', (compareText) => extreme(-1, compareText)],
    ['$max', (compareText) => extreme(1, compareText)],
    ['$first', first],
    ['$last', last],
    ['$push', push],
    ['$addToSet', addToSet],
    ['$count', count],
    ['$mergeObjects', mergeObjects],
    ['$percentile', () => ranked('$percentile')],
    ['$median', () => ranked('$median')],
    ...nAccumulators,
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

function deviation(kind: 'population' | 'sample'): Accumulator {
  const values: Value[] = []
  return {
    add: (value) => {
      if (isNumber(value)) values.push(toDouble(value))
    },
    result: () => deviationOf(values, kind),
  }
}

function extreme(sign: 1 | -1, compareText?: CompareText): Accumulator {
  let best: Value = null
  return {
    add: (value) => {
      if (value === null || value === undefined) return
      if (best === null || compareValues(value, best, compareText) * sign > 0) best = value
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

function addToSet(compareText?: CompareText): Accumulator {
  const keyOf = keysUnder(compareText)
  const values = new Map<string, Value>()
  return {
    add: (value) => {
      if (value === undefined) return
      const key = keyOf(value)
      if (!values.has(key)) values.set(key, value)
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
      if (value === null || value === undefined) return
      if (!isDoc(value)) throw notAnObject(value)
      for (const [name, inner] of value) merged.set(name, inner)
    },
    result: () => merged,
  }
}

function ranked(name: string): Accumulator {
  const values: Value[] = []
  let specification: Value = null
  return {
    add: (spec) => {
      if (specification === null) ranksOf(name, spec)
      specification = spec
      const input = isDoc(spec) ? spec.get('input') : null
      if (isNumber(input)) values.push(input)
    },
    result: () => percentiles(name, specification, values),
  }
}

/** Makes the key that equal values share; texts are equal as the collation has them. */
export function keysUnder(compareText?: CompareText): (value: Value) => string {
  // Texts seen so far, in order, each standing for those that are equal to it.
  const texts: string[] = []
  const standFor = (text: string, compare: CompareText): string => {
    let [low, high] = [0, texts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(texts[middle] ?? '', text) < 0) low = middle + 1
      else high = middle
    }
    const found = texts[low]
    if (found !== undefined && compare(found, text) === 0) return found
    texts.splice(low, 0, text)
    return text
  }
  const plain = (value: Value, compare: CompareText): Value => {
    if (typeof value === 'string') return standFor(value, compare)
    if (Array.isArray(value)) return value.map((each) => plain(each, compare))
    if (!isDoc(value)) return value
    return new Map([...value].map(([name, inner]) => [name, plain(inner, compare)]))
  }
  return (value) =>
    encodeKey([compareText ? plain(value, compareText) : value], []).toString('latin1')
}
