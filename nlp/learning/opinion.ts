/** What another classifier thinks of one text. */
export type Opinion = {
  /** Which classifier this was; part of the version of every reading it took part in. */
  readonly version: string
  /** How much it counts beside the linear model: 0 nothing, 1 alone. */
  readonly weight: number
  /** Its probability of each label it knows. */
  readonly shares: ReadonlyMap<string, number>
}

/** A classifier of whole texts that runs outside, such as a transformer. */
export type SequenceClassifier = {
  readonly version: string
  /** Null where it has no opinion: it failed, took too long, or was told nothing. Never rejects. */
  readonly judge: (text: string) => Promise<Opinion | null>
}

/** No probability counts as less, so that neither side can forbid a label. */
const LEAST_SHARE = 1e-6

/**
 * The weighted geometric mean of two distributions, over the labels that both know. They share the
 * mass that the linear model gives them; labels that only it knows keep theirs.
 */
export function mixOpinion(
  labels: readonly string[],
  linear: Float64Array,
  { weight, shares }: Opinion,
): Float64Array {
  let sharedMass = 0
  let total = 0
  const mixed = Float64Array.from(linear, (share, at) => {
    const other = shares.get(labels[at] ?? '')
    if (other === undefined) return share
    const product = Math.exp(
      (1 - weight) * Math.log(Math.max(share, LEAST_SHARE)) +
        weight * Math.log(Math.max(other, LEAST_SHARE)),
    )
    sharedMass += share
    total += product
    return product
  })
  return mixed.map((share, at) =>
    shares.has(labels[at] ?? '') ? (share * sharedMass) / total : share,
  )
}
