import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { DomainError } from './errors.ts'

/**
 * A number as people write it, in E.164, where it may be called from here: a whole subscriber's
 * number. Emergency and other short numbers, and those that cost extra, are never dialled by mistake.
 */
export function callableNumber(given: string): string {
  const number = reachableNumber(given)
  if (number === null) throw new DomainError('invalid', 'number-uncallable', {}, '/phone')
  return number
}

/** The same; null where it may not be called, withheld numbers among them. */
export function reachableNumber(given: string | null): string | null {
  if (given === null) return null
  const number = parsePhoneNumberFromString(given, 'VN')
  if (number?.isValid() !== true || number.getType() === 'PREMIUM_RATE') return null
  return number.number
}
