import { comparePrints, type Comparison } from './compare.ts'
import type { Print } from './print.ts'
import type { WeightOf } from './word-counts.ts'

/** A report as far as it matters for finding others about the same incident. */
export type Sighting = {
  readonly print: Print
  readonly field: string | null
  readonly topic: string | null
  readonly unitCode: string | null
  readonly provinceCode: string | null
  readonly lat: number | null
  readonly lng: number | null
  /** Milliseconds since 1970; null where it does not matter. */
  readonly at: number | null
}

/** What speaks for one incident, strongest first where several do. */
export const LIKENESS_REASONS = [
  'same-words',
  'same-address',
  'near',
  'same-unit',
  'same-topic',
  'same-time',
] as const
export type LikenessReason = (typeof LIKENESS_REASONS)[number]

/** How likely two reports are about one incident, 0 to 1, and why. */
export type Likeness = { readonly score: number; readonly reasons: readonly LikenessReason[] }

/**
 * In log odds, fitted by logistic regression on the development pairs under tests/fixtures/duplicates:
 * same ward, same topic, days apart, told by different people. With the scenes of a fifth held out in
 * turn, the area under the curve is 0.89.
 */
const FITTED = {
  bias: -6.9,
  words: 2.3,
  letters: 7.7,
  inside: 1.9,
  rarest: 3.3,
  sharedPairs: 1.4,
  numbersShared: 0.6,
  numbersDiffer: -1.6,
} as const

/** What the pairs could not teach, since all of them share ward and topic. In log odds. */
const NAMES_DIFFER = -0.3
const OTHER_FIELD = -1.5
const OTHER_TOPIC = -0.4
const OTHER_PROVINCE = -6
const OTHER_UNIT = -2.5
const NO_PLACE = -0.5
/** Words alike to this degree were copied: where and when count no more. */
const COPIED = 0.92
const FREE_DAYS = 10
const PER_DAY = -0.06
const MOST_FOR_TIME = -3
const DAY_MS = 86_400_000

/** How likely the texts alone are about one incident, 0 to 1. */
export function textLikeness(a: Print, b: Print, weightOf: WeightOf): number {
  return probability(textOdds(comparePrints(a, b, weightOf)))
}

/** How alike the words themselves are, 0 to 1: for finding copies, and answers to like questions. */
export function wording(a: Print, b: Print, weightOf: WeightOf): number {
  const { words, pairs, letters } = comparePrints(a, b, weightOf)
  return Math.min(1, 0.5 * words + 0.2 * pairs + 0.3 * letters)
}

/** How likely two reports are about one incident, by words, place, matter and time. */
export function likenessOf(a: Sighting, b: Sighting, weightOf: WeightOf): Likeness {
  const compared = comparePrints(a.print, b.print, weightOf)
  const isCopied = Math.min(compared.words, compared.letters) >= COPIED
  const place = placeOdds(a, b)
  const elsewhere = isCopied ? 0 : place.odds + matterOdds(a, b) + timeOdds(a, b)
  return {
    score: probability(textOdds(compared) + elsewhere),
    reasons: reasonsOf(a, b, compared, place.isNear),
  }
}

function textOdds(compared: Comparison): number {
  // Two texts of nothing have nothing in common.
  if (compared.words === 0 && compared.letters === 0) return Number.NEGATIVE_INFINITY
  return (
    FITTED.bias +
    FITTED.words * compared.words +
    FITTED.letters * compared.letters +
    FITTED.inside * compared.inside +
    FITTED.rarest * compared.rarest +
    FITTED.sharedPairs * compared.sharedPairs +
    (compared.numbers > 0 ? FITTED.numbersShared : 0) +
    (compared.numbers < 0 ? FITTED.numbersDiffer : 0) +
    (compared.names < 0 ? NAMES_DIFFER : 0)
  )
}

function placeOdds(a: Sighting, b: Sighting): { odds: number; isNear: boolean } {
  const meters = metersBetween(a, b)
  if (meters !== null) {
    if (meters <= 150) return { odds: 1, isNear: true }
    if (meters <= 500) return { odds: 0.4, isNear: true }
    if (meters <= 1_500) return { odds: -0.7, isNear: false }
    return { odds: meters <= 5_000 ? OTHER_UNIT : OTHER_PROVINCE, isNear: false }
  }
  if (a.unitCode !== null && b.unitCode !== null) {
    if (a.unitCode === b.unitCode) return { odds: 0, isNear: false }
    return { odds: a.provinceCode === b.provinceCode ? OTHER_UNIT : OTHER_PROVINCE, isNear: false }
  }
  const isElsewhere =
    a.provinceCode !== null && b.provinceCode !== null && a.provinceCode !== b.provinceCode
  return { odds: isElsewhere ? OTHER_PROVINCE : NO_PLACE, isNear: false }
}

function matterOdds(a: Sighting, b: Sighting): number {
  if (a.field === null || b.field === null) return 0
  if (a.field !== b.field) return OTHER_FIELD
  return a.topic !== null && b.topic !== null && a.topic !== b.topic ? OTHER_TOPIC : 0
}

function timeOdds(a: Sighting, b: Sighting): number {
  const days = daysBetween(a, b)
  return days === null ? 0 : Math.max(MOST_FOR_TIME, PER_DAY * Math.max(0, days - FREE_DAYS))
}

function reasonsOf(
  a: Sighting,
  b: Sighting,
  { words, numbers, names }: Comparison,
  isNear: boolean,
): LikenessReason[] {
  const days = daysBetween(a, b)
  const holds: Record<LikenessReason, boolean> = {
    'same-words': words >= 0.5,
    'same-address': names > 0 || numbers > 0,
    near: isNear,
    'same-unit': a.unitCode !== null && a.unitCode === b.unitCode,
    'same-topic': a.field !== null && a.field === b.field && a.topic === b.topic,
    'same-time': days !== null && days <= 3,
  }
  return LIKENESS_REASONS.filter((reason) => holds[reason])
}

function daysBetween(a: Sighting, b: Sighting): number | null {
  return a.at === null || b.at === null ? null : Math.abs(a.at - b.at) / DAY_MS
}

/** On a plane: the distances that matter are short. */
function metersBetween(a: Sighting, b: Sighting): number | null {
  if (a.lat === null || a.lng === null || b.lat === null || b.lng === null) return null
  const north = (a.lat - b.lat) * 111_200
  const east = (a.lng - b.lng) * 111_200 * Math.cos((a.lat * Math.PI) / 180)
  return Math.hypot(north, east)
}

function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}
