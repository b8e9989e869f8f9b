/** How a text travels as SMS: its alphabet, its length in units of that, and how many parts it takes. */
export type SmsSegments = {
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly unitCount: number
  readonly segmentCount: number
}

// 3GPP TS 23.038: the default alphabet, and what takes two places by an escape.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')

/** Places in a message of one part, and in each part of several, where a header takes some. */
const PLACES = {
  'GSM-7': { alone: 160, part: 153 },
  'UCS-2': { alone: 70, part: 67 },
} as const

/** Counts the parts of a text as telephone companies charge for them. */
export function smsSegments(text: string): SmsSegments {
  const characters = Array.from(text)
  const isGsm = characters.every((each) => BASIC.has(each) || EXTENDED.has(each))
  const encoding = isGsm ? 'GSM-7' : 'UCS-2'
  const widths = characters.map((each) => (isGsm ? (EXTENDED.has(each) ? 2 : 1) : each.length))
  const unitCount = widths.reduce((sum, width) => sum + width, 0)
  const { alone, part } = PLACES[encoding]
  const segmentCount = unitCount <= alone ? Math.min(unitCount, 1) : partsOf(widths, part)
  return { encoding, unitCount, segmentCount }
}

/** A character of two places is never cut in half, so a part may stay one place short. */
function partsOf(widths: readonly number[], places: number): number {
  let count = 1
  let taken = 0
  for (const width of widths) {
    if (taken + width > places) {
      count += 1
      taken = 0
    }
    taken += width
  }
  return count
}
