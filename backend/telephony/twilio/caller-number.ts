import { ANONYMOUS } from '#domain/call'

const NUMBER_MAX_LENGTH = 100

// What Twilio puts in place of a withheld number: a word, or the word typed on a keypad.
const WITHHELD = new Set([
  '',
  'anonymous',
  'restricted',
  'blocked',
  'unknown',
  'unavailable',
  'private',
  '+266696687',
  '+7378742833',
  '+7378742883',
  '+2562533',
  '+8656696',
  '+86282452253',
])

/** A party's number as we keep it: E.164, the bare user of a SIP address, or `ANONYMOUS`. */
export function partyNumber(given: string): string {
  const sip = /^sips?:([^@;]+)/i.exec(given)
  const number = (sip?.[1] ?? given).replace(/\p{C}/gu, '').trim().slice(0, NUMBER_MAX_LENGTH)
  return WITHHELD.has(number.toLowerCase()) ? ANONYMOUS : number
}
