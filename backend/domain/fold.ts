const MAX_TOKENS = 200
const MAX_TOKEN_LENGTH = 40

// What Unicode does not take apart: the barred d with its look-alikes, and typographic apostrophes.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  ı: 'i',
  '‘': "'",
  '’': "'",
  ʼ: "'",
}

/** The text as one would type it without diacritics: lower case, plain letters, single spaces. */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/[đðɖı‘’ʼ]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The different words of a text, folded, for a search index. */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>()
  for (const [word] of foldVietnamese(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length <= MAX_TOKEN_LENGTH) tokens.add(word)
    if (tokens.size === MAX_TOKENS) break
  }
  return [...tokens]
}
