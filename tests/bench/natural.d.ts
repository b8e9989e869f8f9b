/** The baseline classifier, imported by path: the root of `natural` would load databases. */
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  class BayesClassifier {
    addDocument(text: string, label: string): void
    train(): void
    classify(text: string): string
  }
  export = BayesClassifier
}
