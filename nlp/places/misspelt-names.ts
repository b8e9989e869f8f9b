import distances from 'natural/lib/natural/distance/levenshtein_distance.js'
import type { Word } from '../text/words.ts'
import type { NameMatch } from './match-names.ts'
import { prefixAt } from './match-names.ts'
import { contains } from './containment.ts'
import type { PlaceIndex, Unit } from './units.ts'

const MOST_GUESSES = 3
const SHORTEST_NAME = 5
const LONG_NAME = 9

/** One name as it would be written, with the units it means. */
type Spelling = {
  readonly plain: string
  readonly wordCount: number
  /** Which letters it has, a bit each. */
  readonly letters: number
  readonly units: readonly Unit[]
}

/**
 * Makes a finder of names after "phường", "quận" … that are no name but nearly one, among the
 * units inside larger ones the text names. What it finds is offered, never certain.
 */
export function createMisspellingFinder(
  index: PlaceIndex,
): (words: readonly Word[], matches: readonly NameMatch[]) => NameMatch[] {
  const byFirstLetter = spellingsByFirstLetter(index)
  return (words, matches) => {
    const larger = matches.flatMap((match) => match.units)
    if (larger.length === 0) return []
    return words.flatMap((_, at) => {
      const isTaken = matches.some(({ firstWord, lastWord }) => firstWord <= at && at <= lastWord)
      const prefix = isTaken ? null : prefixAt(words, at)
      if (!prefix || prefix.number !== null) return []
      const letter = words[at + prefix.length]?.plain.charAt(0) ?? ''
      const writtenIn = createStretches(words, at + prefix.length)
      const near = (byFirstLetter.get(letter) ?? []).flatMap((spelling): NameMatch[] => {
        if (!isNearly(writtenIn(spelling.wordCount), spelling)) return []
        const units = spelling.units.filter(
          (unit) =>
            prefix.rule.levels.includes(unit.level) &&
            larger.some((other) => contains(other, unit)),
        )
        if (units.length === 0) return []
        const lastWord = at + prefix.length + spelling.wordCount - 1
        return [toMatch(words, at, lastWord, units)]
      })
      const [first] = near
      if (!first || near.length > MOST_GUESSES) return []
      return [{ ...first, units: near.flatMap((match) => match.units) }]
    })
  }
}

function spellingsByFirstLetter(index: PlaceIndex): ReadonlyMap<string, Spelling[]> {
  const byLetter = new Map<string, Spelling[]>()
  for (const [plain, named] of index.named) {
    const spelling = {
      plain,
      wordCount: plain.split(' ').length,
      letters: lettersOf(plain),
      units: named.map(({ unit }) => unit),
    }
    const known = byLetter.get(plain.charAt(0))
    if (known) known.push(spelling)
    else byLetter.set(plain.charAt(0), [spelling])
  }
  return byLetter
}

type Stretch = { readonly written: string; readonly letters: number }

/** So many words from `from` on, as they are written; null where the text ends before. */
function createStretches(words: readonly Word[], from: number): (count: number) => Stretch | null {
  const made = new Map<number, Stretch | null>()
  return (count) => {
    const known = made.get(count)
    if (known !== undefined) return known
    const plains = words.slice(from, from + count).map((word) => word.plain)
    const written = plains.join(' ')
    const stretch = plains.length < count ? null : { written, letters: lettersOf(written) }
    made.set(count, stretch)
    return stretch
  }
}

function isNearly(stretch: Stretch | null, { plain, letters }: Spelling): boolean {
  if (!stretch || plain.length < SHORTEST_NAME) return false
  const { written } = stretch
  const most = plain.length >= LONG_NAME ? 2 : 1
  if (Math.abs(written.length - plain.length) > most) return false
  // One slip takes away at most one letter and brings one: most names are too far by that alone.
  if (bitCount(letters ^ stretch.letters) > 2 * most) return false
  return distances.DamerauLevenshteinDistance(written, plain, { restricted: true }) <= most
}

/** The letters a to z of a plain name, a bit each; all else shares the bits that are left. */
function lettersOf(plain: string): number {
  let letters = 0
  for (let at = 0; at < plain.length; at++) letters |= 1 << (plain.charCodeAt(at) & 31)
  return letters
}

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}

function toMatch(
  words: readonly Word[],
  firstWord: number,
  lastWord: number,
  units: readonly Unit[],
): NameMatch {
  return {
    start: words[firstWord]?.start ?? 0,
    end: words[lastWord]?.end ?? 0,
    units,
    isTyped: true,
    hasContext: true,
    isRisky: false,
    isGuess: true,
    firstWord,
    lastWord,
  }
}
