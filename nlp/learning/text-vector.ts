import { createScanner } from '../text/scan.ts'
import { READ_LIMIT } from './classifier.ts'
import { createFeatures, extractFeatures, GROUP_COUNT } from './features.ts'
import { createMender } from './mending.ts'
import type { Model } from './model.ts'
import { shortFormsToMap } from './short-forms.ts'
import { createVectorizer, rowOf } from './vocabulary.ts'

/** A text as the model sees it: rows of its vocabulary, each with its value. */
export type TextVector = {
  readonly rows: Int32Array
  readonly values: Float64Array
  /** Squared length. */
  readonly square: number
}

/** One n-gram where it stands in the original text, with its share of its row's value. */
export type Occurrence = {
  readonly row: number
  readonly start: number
  readonly end: number
  readonly group: number
  readonly value: number
}

/** Reads texts into vectors that may be kept. */
export type TextVectors = {
  readonly vectorOf: (text: string) => TextVector
  readonly occurrencesOf: (text: string) => Occurrence[]
}

/** Makes a reader with buffers of its own, over the model's vocabulary. */
export function createTextVectors(model: Model): TextVectors {
  const scan = createScanner(shortFormsToMap(model.shortForms))
  const features = createFeatures()
  const mend = createMender(model.vocabulary)
  const vectorizer = createVectorizer(model.vocabulary)

  function readInto(text: string) {
    const words = scan(text.length > READ_LIMIT ? text.slice(0, READ_LIMIT) : text)
    extractFeatures(words, features, false, mend(words))
    return { words, vector: vectorizer.vectorize(features) }
  }

  return {
    vectorOf: (text) => {
      const { vector } = readInto(text)
      const values = vector.values.slice(0, vector.count)
      const square = values.reduce((sum, value) => sum + value * value, 0)
      return { rows: vector.rows.slice(0, vector.count), values, square }
    },

    occurrencesOf: (text) => {
      const { words, vector } = readInto(text)
      const rows = Array.from({ length: features.count }, (_, at) =>
        rowOf(model.vocabulary, features.hashes[at] ?? 0),
      )
      const counts = new Map<number, number>()
      for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1)
      return rows.flatMap((row, at): Occurrence[] => {
        if (row < 0) return []
        const value = vector.values[vectorizer.positionOf(row)] ?? 0
        return [
          {
            row,
            start: words.starts[features.firstWords[at] ?? 0] ?? 0,
            end: words.ends[features.lastWords[at] ?? 0] ?? 0,
            group: groupOf(features.groupEnds, at),
            value: value / (counts.get(row) ?? 1),
          },
        ]
      })
    },
  }
}

function groupOf(groupEnds: Int32Array, at: number): number {
  let group = 0
  while (group < GROUP_COUNT - 1 && at >= (groupEnds[group] ?? 0)) group++
  return group
}
