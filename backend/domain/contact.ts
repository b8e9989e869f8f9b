import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { NewContact } from '#contracts/reports'
import type { Contact } from './case.ts'
import { DomainError } from './errors.ts'

/** Contact data as kept: the phone number in E.164. Refuses a number that cannot exist. */
export function readContact(given: NewContact | undefined): Contact | null {
  if (given === undefined) return null
  const contact = {
    name: given.name ?? null,
    phone: given.phone === undefined ? null : toE164(given.phone),
    email: given.email?.toLowerCase() ?? null,
  }
  return (contact.name ?? contact.phone ?? contact.email) ? contact : null
}

/** A phone number as people write it (`0912 345 678`, `+84 …`) in E.164. */
export function toE164(phone: string): string {
  const number = e164OrNull(phone)
  if (number === null) throw new DomainError('invalid', 'phone-invalid', {}, '/contact/phone')
  return number
}

/** The same; null for what is no number that could be called: withheld, internal, mistyped. */
export function e164OrNull(phone: string): string | null {
  const number = parsePhoneNumberFromString(phone, 'VN')
  return number?.isValid() === true ? number.number : null
}

/** `+84912345678` → `091••••678`: enough to recognise, not enough to call. */
export function maskPhone(phone: string): string {
  const national = phone.startsWith('+84') ? `0${phone.slice(3)}` : phone
  return `${national.slice(0, 3)}${'•'.repeat(Math.max(national.length - 6, 3))}${national.slice(-3)}`
}

/** `Nguyễn Thị Hoa` → `Nguyễn ••• H.`. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/)
  const [initial = ''] = words.at(-1) ?? ''
  if (words.length < 2) return `${initial}•••`
  return `${words[0] ?? ''} ••• ${initial}.`
}

/** `hoa.nguyen@example.vn` → `h•••@example.vn`. */
export function maskEmail(email: string): string {
  const at = email.indexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}

/** The number in E.164 that a text message came from; null for a name, a short code, a withheld one. */
export function textNumber(from: string): string | null {
  try {
    return toE164(from)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** False for a number that is known to be a telephone on a wall, which reads nothing. */
export function takesTexts(phone: string): boolean {
  return parsePhoneNumberFromString(phone)?.getType() !== 'FIXED_LINE'
}
