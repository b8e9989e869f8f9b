/** The parts of `natural` we import by path; its root would load databases. */
declare module 'natural/lib/natural/distance/levenshtein_distance.js' {
  type Options = {
    readonly insertion_cost?: number
    readonly deletion_cost?: number
    readonly substitution_cost?: number
    readonly transposition_cost?: number
    readonly restricted?: boolean
  }
  const distances: {
    /** Edits between two words; swapped neighbours count as one. */
    readonly DamerauLevenshteinDistance: (one: string, other: string, options?: Options) => number
  }
  export = distances
}
