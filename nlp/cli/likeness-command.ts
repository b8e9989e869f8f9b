import { createLikenessDetector } from '../likeness/detector.ts'
import { writeAnswers } from './answers.ts'
import { readTexts, UsageError } from './labelled-file.ts'
import { loadLikenessResources } from './seeds.ts'

/** A line of the input: two texts, and whether they are about one incident, where that is known. */
type Pair = { readonly a: string; readonly b: string; readonly isSame: boolean | null }

/**
 * How likely two texts are about one incident, a pair a line; where lines begin with 1 or 0, also how
 * often a pair about one incident scores above one about two.
 */
export function compareTexts(input: string, output: string | undefined): void {
  const detector = createLikenessDetector(loadLikenessResources())
  const pairs = readTexts(input).map((line, index) => pairOf(line, `${input}:${String(index + 1)}`))
  const scored = pairs.map(({ a, b, isSame }) => ({ isSame, score: detector.textLikeness(a, b) }))
  writeAnswers(
    output,
    scored.map(({ score }) => ({ score })),
  )
  const area = areaUnderCurve(scored)
  if (area !== null) process.stderr.write(`area under the curve ${area.toFixed(3)}\n`)
}

function pairOf(line: string, where: string): Pair {
  const parts = line.split('\t')
  const [first = '', second, third] = parts
  if (parts.length === 2 && second !== undefined) return { a: first, b: second, isSame: null }
  const isLabelled = parts.length === 3 && (first === '0' || first === '1')
  if (!isLabelled || second === undefined || third === undefined) {
    throw new UsageError(`${where}: expected text<TAB>text, or 1 or 0 before them.`)
  }
  return { a: second, b: third, isSame: first === '1' }
}

function areaUnderCurve(
  scored: readonly { readonly isSame: boolean | null; readonly score: number }[],
): number | null {
  const same = scored.filter(({ isSame }) => isSame === true)
  const others = scored.filter(({ isSame }) => isSame === false)
  if (same.length === 0 || others.length === 0) return null
  let won = 0
  for (const { score } of same) {
    for (const other of others)
      won += Number(score > other.score) + Number(score === other.score) / 2
  }
  return won / (same.length * others.length)
}
