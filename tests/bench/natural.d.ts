/** The baseline classifier, imported by path: the root of `natural` would load databases. */
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  class BayesClassifier {
    addDocument(text: string, label: string): void
    train(): void
    classify(text: string): string
  }
  export = BayesClassifier
}

declare module 'natural/lib/natural/distance/dice_coefficient.js' {
  /** The share of letter pairs that two texts have in common. */
  function dice(a: string, b: string): number
  export = dice
}
