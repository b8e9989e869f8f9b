/** The places of a sentence that the hotline fills: `{key}`, each once. */
function placesOf(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))]
}

/** Places that a sentence lost against the product's, and those that nobody fills. */
export function placeProblems(
  own: string,
  product: string,
): { readonly missing: readonly string[]; readonly unknown: readonly string[] } {
  const known = placesOf(product)
  const used = placesOf(own)
  return {
    missing: known.filter((place) => !used.includes(place)),
    unknown: used.filter((place) => !known.includes(place)),
  }
}
