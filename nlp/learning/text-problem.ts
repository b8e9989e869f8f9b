import type { Scan, WordMap } from '../text/scan.ts'
import { createScanner, hasDiacritics } from '../text/scan.ts'
import { createFeatures, extractFeatures } from './features.ts'
import { createKnownWordsBuilder } from './known-words.ts'
import type { LabelledText } from './labelled-text.ts'
import type { Matrix } from './matrix.ts'
import { createMatrixBuilder, firstRows } from './matrix.ts'
import type { Mender } from './mending.ts'
import { createMender } from './mending.ts'
import { mistype } from './mistyping.ts'
import type { SvmProblem } from './svm.ts'
import type { Vocabulary, VocabularyLimit } from './vocabulary.ts'
import { createVectorizer, createVocabularyBuilder } from './vocabulary.ts'

/** A problem with, for every example, the text it came from (a copy has its original's). */
export type TextProblem = {
  readonly svm: SvmProblem
  readonly textOf: Int32Array
  /** Each text's own example. */
  readonly originals: Int32Array
  readonly textCount: number
  /** How many rows are of words and pairs of words: the first ones. */
  readonly wordRowCount: number
}

/** Turns texts into problems. */
export type TextReader = {
  readonly countVocabulary: (texts: readonly string[], fits: VocabularyLimit) => Vocabulary
  readonly toProblem: (
    texts: readonly LabelledText[],
    labels: readonly string[],
    vocabulary: Vocabulary,
  ) => TextProblem
}

/** What a text is learnt from as: as it was written, and in copies as others might have typed it. */
type View = 'written' | 'plain' | 'mistyped'

/** The share of a text's weight that each view of it has. */
const VIEW_WEIGHTS: Readonly<Record<View, number>> = { written: 1, plain: 0.5, mistyped: 0.4 }
const RARE_LABEL_POWER = 0.3
/** Before the vocabulary is counted no word is known. */
const mendNothing: Mender = () => null
/** With more texts than this, an n-gram that only one of them has is not worth a row. */
const MANY_TEXTS = 2_000

/** Makes a reader that applies these short forms. */
export function createTextReader(shortForms: WordMap): TextReader {
  const scan = createScanner(shortForms)
  const features = createFeatures()

  /** The text as written, and as typed without diacritics where that differs. */
  function forEachView(text: string, mend: Mender, use: (view: View, words: Scan) => void): void {
    const words = scan(text)
    const mended = mend(words)
    extractFeatures(words, features, false, mended)
    use('written', words)
    if (!hasDiacritics(words)) return
    extractFeatures(words, features, true, mended)
    use('plain', words)
  }

  function useMistyped(text: string, mend: Mender, use: (view: View) => void): void {
    const words = scan(mistype(text))
    extractFeatures(words, features, false, mend(words))
    use('mistyped')
  }

  return {
    countVocabulary: (texts, fits) => {
      const builder = createVocabularyBuilder()
      const words = createKnownWordsBuilder()
      for (const text of texts) {
        builder.nextText()
        forEachView(text, mendNothing, (view, scanned) => {
          builder.add(features)
          if (view === 'written') words.add(scanned)
        })
      }
      const counted = builder.build(texts.length > MANY_TEXTS ? 2 : 1, fits)
      return { ...counted, words: words.build(counted) }
    },

    toProblem: (texts, labels, vocabulary) => {
      const idOf = new Map(labels.map((label, id) => [label, id]))
      const mend = createMender(vocabulary)
      const vectorizer = createVectorizer(vocabulary)
      const builder = createMatrixBuilder()
      const examples: { label: number; weight: number; text: number }[] = []
      const originals: number[] = []
      texts.forEach(({ text, label, weight = 1 }, index) => {
        originals.push(examples.length)
        const learn = (view: View): void => {
          builder.add(vectorizer.vectorize(features))
          const share = weight * VIEW_WEIGHTS[view]
          examples.push({ label: idOf.get(label) ?? 0, weight: share, text: index })
        }
        forEachView(text, mend, learn)
        useMistyped(text, mend, learn)
      })
      return {
        svm: describeProblem(builder.build(), examples, labels.length, vocabulary.rowCount),
        textOf: Int32Array.from(examples, (example) => example.text),
        originals: Int32Array.from(originals),
        textCount: texts.length,
        wordRowCount: vocabulary.wordRowCount,
      }
    },
  }
}

/** The same texts under other labels, one a text; what has none (-1) is not learnt from. */
export function relabel(
  problem: TextProblem,
  labelOfText: Int32Array,
  labelCount: number,
): TextProblem {
  const { svm, textOf } = problem
  const labels = Int32Array.from(textOf, (text) => labelOfText[text] ?? -1)
  const learnt = svm.examples.filter((example) => (labels[example] ?? -1) >= 0)
  const counted = Array.from(learnt, (example) => ({
    label: labels[example] ?? 0,
    weight: svm.weights[example] ?? 1,
  }))
  return {
    ...problem,
    svm: {
      ...svm,
      labels,
      labelCount,
      examples: learnt,
      labelWeights: weighLabels(counted, labelCount),
    },
  }
}

/** The same problem for those who look at words and pairs of words alone. */
export function wordsAlone(problem: TextProblem): TextProblem {
  const { svm, wordRowCount } = problem
  const matrix = firstRows(svm.matrix, wordRowCount)
  return { ...problem, svm: { ...svm, matrix, rowCount: wordRowCount } }
}

function describeProblem(
  matrix: Matrix,
  examples: readonly { label: number; weight: number }[],
  labelCount: number,
  rowCount: number,
): SvmProblem {
  return {
    matrix,
    examples: Int32Array.from(examples, (_, index) => index),
    labels: Int32Array.from(examples, (example) => example.label),
    weights: Float32Array.from(examples, (example) => example.weight),
    labelCount,
    labelWeights: weighLabels(examples, labelCount),
    rowCount,
  }
}

/** Rare labels count more. */
function weighLabels(
  examples: readonly { label: number; weight: number }[],
  labelCount: number,
): Float32Array {
  const counts = new Float64Array(labelCount)
  for (const { label, weight } of examples) counts[label] = (counts[label] ?? 0) + weight
  const total = counts.reduce((sum, count) => sum + count, 0)
  return Float32Array.from(counts, (count) =>
    Math.max(1, (total / (2 * Math.max(count, 1e-9))) ** RARE_LABEL_POWER),
  )
}
