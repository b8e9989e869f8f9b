/** Short names and spellings that people use and no list has, by province. */
export const PROVINCE_NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  '01': ['hà nội', 'hn', 'tphn'],
  '79': ['tp hcm', 'sài gòn', 'sgn', 'tp sg', 'hồ chí minh'],
  '48': ['đn'],
  '66': ['đăk lăk', 'đak lak', 'đắk lăk', 'đắk lắc', 'đăk lắc'],
}

/** The same by province of before July 2025. */
export const LEGACY_PROVINCE_NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  '67': ['đăk nông', 'đak nông', 'đắc nông'],
}

/** The same by former district. */
export const DISTRICT_NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  '088': ['sapa'],
  '622': ['plei ku', 'plây ku'],
  '643': ['bmt', 'ban mê thuột', 'buôn mê thuột'],
}

/** Syllables in which i and y are two ways to write one sound, without the tone. */
const I_OR_Y = /^(?:qu|[hklmst])[iy]$/
const HOOK = '\u0309'
const TILDE = '\u0303'

/**
 * Other spellings of a name: "Qui Nhơn", "Mĩ Tho"; of large units also with hỏi and ngã exchanged,
 * which half the country hears as one tone.
 */
export function otherSpellings(name: string, isLarge: boolean): string[] {
  const spellings = new Set([name])
  const isLong = name.includes(' ')
  for (const change of isLarge && isLong ? [exchangeVowel, exchangeTone] : [exchangeVowel]) {
    for (const spelling of [...spellings]) {
      const words = spelling.split(' ')
      words.forEach((word, at) => spellings.add(words.with(at, change(word)).join(' ')))
    }
  }
  spellings.delete(name)
  return [...spellings]
}

function exchangeVowel(word: string): string {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (!I_OR_Y.test(plain)) return word
  const decomposed = word.normalize('NFD')
  const swapped = decomposed.replace(/[iy](?=\p{M}*$)/u, (vowel) => (vowel === 'i' ? 'y' : 'i'))
  return swapped.normalize('NFC')
}

function exchangeTone(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0303\u0309]/u, (tone) => (tone === HOOK ? TILDE : HOOK))
    .normalize('NFC')
}
