import { detectLanguage } from '../language.ts'
import { createClassifier } from '../learning/classifier.ts'
import { decodeModel, encodeModel } from '../learning/model-file.ts'
import { trainModel } from '../learning/train.ts'
import { createPartFinder } from '../parts/find-parts.ts'
import type { Part } from '../reading.ts'
import { type CorpusText, HEAD_NAMES, routingLessons, shortFormsOf } from '../routing/lessons.ts'
import { createWordReader } from '../text/words.ts'
import { loadCorpus, loadTaxonomy, loadTextFacts, loadTwoMatters } from './seeds.ts'

/** How well texts of two matters are told from texts of one; all counted on texts not learnt from. */
export type PartsEvaluation = {
  readonly oneMatter: { readonly count: number; readonly split: number }
  readonly twoMatters: Found
  /** Two corpus texts of different fields set one after the other: easy to make, easier to find. */
  readonly joined: Found
}

type Found = {
  readonly count: number
  /** Split at all. */
  readonly found: number
  /** Split into these two fields. */
  readonly right: number
}

const FOLDS = 5
const SEED = 1
const JOINS = ['. ', '. Ngoài ra ', ' với lại ', ', còn chuyện này nữa, ', '\n', ' ']
type Find = (text: string) => readonly Part[]

/** Trains five times, each without a fifth of the corpus, and counts on that fifth. */
export function evaluateParts(): PartsEvaluation {
  const corpus = loadCorpus()
  const pairs = loadTwoMatters()
  const results = Array.from({ length: FOLDS }, (_, fold) => {
    const held = corpus.fields.filter((_text, at) => at % FOLDS === fold)
    const known = corpus.fields.filter((_text, at) => at % FOLDS !== fold)
    const find = finderFrom(known)
    return {
      oneMatter: {
        count: held.length,
        split: held.filter(({ text }) => find(text).length > 0).length,
      },
      // Never learnt from, so each fold may read all of them: the shares are means of five models.
      twoMatters: countFound(pairs, find),
      joined: countFound(joinTexts(held), find),
    }
  })
  const sum = (pick: (each: (typeof results)[number]) => number) =>
    results.reduce((total, each) => total + pick(each), 0)
  const total = (name: 'twoMatters' | 'joined'): Found => ({
    count: sum((each) => each[name].count),
    found: sum((each) => each[name].found),
    right: sum((each) => each[name].right),
  })
  return {
    oneMatter: {
      count: sum((each) => each.oneMatter.count),
      split: sum((each) => each.oneMatter.split),
    },
    twoMatters: total('twoMatters'),
    joined: total('joined'),
  }

  function finderFrom(known: readonly CorpusText[]): Find {
    const lessons = routingLessons({ ...corpus, fields: known }, loadTaxonomy())
    const lesson = lessons.filter(({ name }) => name === HEAD_NAMES.field)
    const shortForms = shortFormsOf(loadTextFacts())
    const model = decodeModel(encodeModel(trainModel(lesson, { seed: SEED, shortForms })))
    const classifier = createClassifier(model)
    const [head] = model.heads
    if (!head) throw new Error('Nothing was learnt.')
    const findParts = createPartFinder(
      (text) => classifier.judge(head, classifier.score(text)).ranked,
    )
    const readWords = createWordReader()
    return (text) => {
      const words = readWords(text)
      return findParts(text, words, detectLanguage(words) !== 'vi')
    }
  }
}

type Pair = { readonly text: string; readonly fields: readonly string[] }

function countFound(pairs: readonly Pair[], find: Find): Found {
  const answers = pairs.map(({ text, fields }) => ({ fields, parts: find(text) }))
  return {
    count: pairs.length,
    found: answers.filter(({ parts }) => parts.length > 0).length,
    right: answers.filter(
      ({ parts, fields }) => parts.map(({ field }) => field).join() === fields.join(),
    ).length,
  }
}

/** Each text with one from elsewhere in the list, of another field. */
function joinTexts(texts: readonly CorpusText[]): Pair[] {
  return texts.flatMap((first, at) => {
    const second = texts[(at * 7 + 13) % texts.length]
    if (!second || second.field === first.field) return []
    if (first.field === 'other' || second.field === 'other') return []
    const join = JOINS[at % JOINS.length] ?? ' '
    const text = first.text.replace(/[.!?]$/, '') + join + second.text
    return [{ text, fields: [first.field, second.field] }]
  })
}
