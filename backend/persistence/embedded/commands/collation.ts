import { CommandError, notSupported } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { bsonType, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { docOf } from './request.ts'

const sensitivities: Readonly<Record<number, Intl.CollatorOptions['sensitivity']>> = {
  1: 'base',
  2: 'accent',
  3: 'variant',
  4: 'variant',
  5: 'variant',
}

const flags = ['caseLevel', 'numericOrdering', 'normalization', 'backwards']
const choices: Readonly<Record<string, readonly string[]>> = {
  caseFirst: ['off', 'upper', 'lower'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
}
const known = ['locale', 'strength', 'version', ...flags, ...Object.keys(choices)]

const maxCollators = 200
const collators = new Map<string, CompareText>()

/** How a command's collation compares texts; undefined for the order of their bytes. */
export function collationOf(body: Doc): CompareText | undefined {
  const collation = docOf(body, 'collation')
  if (!collation || collation.size === 0) return undefined
  const key = [...collation].map(([name, value]) => `${name}:${show(value)}`).join()
  const made = collators.get(key)
  if (made) return made
  checkFields(collation)
  const locale = localeOf(collation)
  if (locale === 'simple') return undefined
  const compare = collator(locale, collation)
  if (collators.size >= maxCollators) collators.clear()
  collators.set(key, compare)
  return compare
}

function localeOf(collation: Doc): string {
  const locale = collation.get('locale')
  if (typeof locale === 'string') return locale
  throw new CommandError(
    'IDLFailedToParse',
    "BSON field 'collation.locale' is missing but a required field",
  )
}

function checkFields(collation: Doc): void {
  for (const [name, value] of collation) {
    if (!known.includes(name)) {
      const message = `BSON field 'collation.${name}' is an unknown field.`
      throw new CommandError('IDLUnknownField', message)
    }
    if (flags.includes(name) && typeof value !== 'boolean') throw wrongType(name, value)
    const allowed = choices[name]
    if (allowed && !(typeof value === 'string' && allowed.includes(value))) {
      throw new CommandError(
        'BadValue',
        `Enumeration value ${show(value)} for field 'collation.${name}' is not a valid value.`,
      )
    }
  }
  checkStrength(collation.get('strength'))
}

function wrongType(name: string, value: Value): CommandError {
  return new CommandError(
    'TypeMismatch',
    `BSON field 'collation.${name}' is the wrong type '${bsonType(value)[1]}', expected type 'bool'`,
  )
}

function checkStrength(strength: Value): void {
  const level = isNumber(strength) ? toDouble(strength) : 3
  if (level >= 1 && level <= 5) return
  const [bound, limit] = level < 1 ? ['>=', '1'] : ['<=', '5']
  throw new CommandError(
    51024,
    `BSON field 'strength' value must be ${bound} ${limit}, actual value '${String(level)}'`,
  )
}

function collator(locale: string, collation: Doc): CompareText {
  // What ICU can do but this runtime cannot be told.
  if (collation.get('backwards') === true) throw notSupported('a collation with backwards')
  const isShifted = collation.get('alternate') === 'shifted'
  if (isShifted && collation.get('maxVariable') === 'space')
    throw notSupported('a collation with maxVariable')
  const strength = collation.get('strength')
  const level = isNumber(strength) ? Math.trunc(toDouble(strength)) : 3
  const caseFirst = collation.get('caseFirst')
  const options: Intl.CollatorOptions = {
    sensitivity: collation.get('caseLevel') === true && level === 1 ? 'case' : sensitivities[level],
    numeric: collation.get('numericOrdering') === true,
    ignorePunctuation: isShifted,
    caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
  }
  const tag = languageTag(locale)
  if (!isLocale(tag)) {
    throw new CommandError('BadValue', `Field 'locale' is invalid in: ${show(collation)}`)
  }
  return new Intl.Collator(tag, options).compare
}

// MongoDB's `de@collation=phonebook` is `de-u-co-phonebk` here.
function languageTag(locale: string): string {
  const [language = '', variant] = locale.split('@collation=')
  const tag = language.replaceAll('_', '-')
  return variant === undefined ? tag : `${tag}-u-co-${variants[variant] ?? variant}`
}

const variants: Readonly<Record<string, string>> = { phonebook: 'phonebk', traditional: 'trad' }

function isLocale(tag: string): boolean {
  try {
    return Intl.Collator.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}
