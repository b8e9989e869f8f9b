import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'
import { isTitle } from './names.ts'
import type { Finding } from './rules.ts'

/** Finds names known to belong to a person: whole, their last two words, or the last after a title. */
export function findKnownNames(words: readonly Word[], names: readonly string[]): Finding[] {
  const readName = createWordReader()
  return names.flatMap((name) => {
    const parts = readName(name)
    return parts.length === 0 ? [] : findName(words, parts)
  })
}

function findName(words: readonly Word[], name: readonly Word[]): Finding[] {
  const findings: Finding[] = []
  for (let at = 0; at < words.length; at++) {
    const length = matchLength(words, at, name)
    const first = words[at]
    const last = words[at + length - 1]
    if (length === 0 || !first || !last) continue
    findings.push({ type: 'person_name', start: first.start, end: last.end })
    at += length - 1
  }
  return findings
}

function matchLength(words: readonly Word[], at: number, name: readonly Word[]): number {
  for (let length = name.length; length > 1; length--) {
    if (isSameName(words.slice(at, at + length), name.slice(-length))) return length
  }
  const surnameAndGiven = [...name.slice(0, 1), ...name.slice(-1)]
  if (name.length > 2 && isSameName(words.slice(at, at + 2), surnameAndGiven)) return 2
  const word = words[at]
  const given = name.at(-1)
  if (!word || !given || !isSameName([word], [given])) return 0
  // A given name alone is often an everyday word ("mai", "hoa"): it needs a title or a capital.
  const before = words[at - 1]
  if (before && isTitle(before)) return 1
  return word.isCapitalised && word.key === given.key && at > 0 ? 1 : 0
}

function isSameName(words: readonly Word[], name: readonly Word[]): boolean {
  return words.length === name.length && words.every((word, at) => isSameWord(word, name[at]))
}

/** Accents count where both have them. */
function isSameWord(word: Word, other: Word | undefined): boolean {
  if (word.plain !== other?.plain) return false
  return !word.hasDiacritics || !other.hasDiacritics || word.key === other.key
}
