/** Text for comparing as people type it: no diacritics, no case, `đ` as `d`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
}

/** True where every word of `wanted` occurs in `text`, however either is accented. */
export function matchesText(text: string, wanted: string): boolean {
  const folded = fold(text)
  return fold(wanted)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
