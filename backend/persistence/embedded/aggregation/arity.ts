import { CommandError } from '../errors.ts'
import type { Value } from '../bson/values.ts'

const words = (text: string): string[] => text.trim().split(/\s+/)

const exactly: ReadonlyMap<string, number> = new Map([
  ...words(`$not $abs $ceil $floor $sqrt $exp $ln $log10 $toLower $toUpper $strLenCP $strLenBytes
    $reverseArray $size $isArray $isNumber $type $first $last $objectToArray $arrayToObject $allElementsTrue
    $anyElementTrue $tsSecond $tsIncrement $binarySize $bsonSize $bitNot`).map(
    (name) => [name, 1] as const,
  ),
  ...words(`$eq $ne $lt $lte $gt $gte $cmp $subtract $divide $mod $pow $log $in $arrayElemAt $split
    $strcasecmp $setDifference $setIsSubset`).map((name) => [name, 2] as const),
  ...words('$cond $substr $substrBytes $substrCP').map((name) => [name, 3] as const),
])

const between: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['$round', [1, 2]],
  ['$trunc', [1, 2]],
  ['$slice', [2, 3]],
  ['$range', [2, 3]],
  ['$indexOfArray', [2, 4]],
  ['$indexOfCP', [2, 4]],
  ['$indexOfBytes', [2, 4]],
])

const conversions = new Set(
  words('$toInt $toLong $toDouble $toDecimal $toString $toBool $toDate $toObjectId'),
)

/** Refuses an expression that is given more or fewer operands than its operator takes. */
export function checkArity(name: string, operand: Value): void {
  const given = Array.isArray(operand) ? operand.length : 1
  if (name === '$cond' && !Array.isArray(operand)) return
  if (conversions.has(name) && given !== 1) {
    throw new CommandError(50723, `${name} requires a single argument, got ${String(given)}`)
  }
  if (name === '$setEquals' && given < 2) {
    throw new CommandError(17045, `$setEquals needs at least two arguments had: ${String(given)}`)
  }
  const wanted = exactly.get(name)
  if (wanted !== undefined && given !== wanted) {
    throw new CommandError(
      16020,
      `Expression ${name} takes exactly ${String(wanted)} arguments. ${String(given)} were passed in.`,
    )
  }
  const [least, most] = between.get(name) ?? [0, Infinity]
  if (given >= least && given <= most) return
  throw new CommandError(
    28667,
    `Expression ${name} takes at least ${String(least)} arguments, and at most ${String(most)}, but ${String(given)} were passed in.`,
  )
}
