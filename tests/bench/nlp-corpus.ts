import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js'
import { ROOT } from './product.ts'

/** A text of the carried corpus with its field. */
export type Example = { readonly field: string; readonly text: string }

/** As many as natural's Bayes can be trained on in reasonable time. */
export const BAYES_TEXTS = 400

/** The texts of the carried corpus. */
export function loadExamples(): Example[] {
  const folder = join(ROOT, 'nlp/corpus/fields')
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line.includes('\t'))
        .map((line) => ({
          field: basename(file, '.tsv'),
          text: line.slice(line.indexOf('\t') + 1),
        })),
    )
}

/** Trains natural's Bayes on a part of the examples. */
export function trainBayes(examples: readonly Example[]): (text: string) => string {
  const bayes = new BayesClassifier()
  const step = Math.max(1, Math.floor(examples.length / BAYES_TEXTS))
  examples
    .filter((_, at) => at % step === 0)
    .slice(0, BAYES_TEXTS)
    .forEach(({ text, field }) => {
      bayes.addDocument(text, field)
    })
  bayes.train()
  return (text) => bayes.classify(text)
}
