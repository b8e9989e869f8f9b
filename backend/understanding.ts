import { loadLikenessResources, loadShippedResources } from '#nlp/cli/seeds'
import { createLikenessDetector } from '#nlp/likeness/detector'
import { createReader } from '#nlp/reader'
import type { LikenessDetector, Reader } from '#use-cases/ports'

/** The reader that ships with the product: model, gazetteer and rules in memory. */
export async function shippedReader(): Promise<Reader> {
  // Yields once, so that the database child starts while the model is read.
  await Promise.resolve()
  return createReader(loadShippedResources())
}

/** The detector of duplicates that ships with the product. */
export function shippedLikeness(): LikenessDetector {
  return createLikenessDetector(loadLikenessResources())
}
