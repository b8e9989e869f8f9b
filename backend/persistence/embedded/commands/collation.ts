import { CommandError, notSupported } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import { asText } from '../bson/show.ts'
import { bsonType, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { remembering } from '../remember.ts'
import { docOf } from './request.ts'

const collators = remembering<CompareText>(200)

/** What a collation's fields may be, in the order of a collator's name. */
const fields: Readonly<Record<string, (value: Value) => boolean>> = {
  locale: (value) => typeof value === 'string',
  strength: isNumber,
  caseLevel: isFlag,
  caseFirst: oneOf('off', 'upper', 'lower'),
  numericOrdering: isFlag,
  alternate: oneOf('non-ignorable', 'shifted'),
  maxVariable: oneOf('punct', 'space'),
  normalization: isFlag,
  backwards: isFlag,
  version: (value) => typeof value === 'string',
}

const flags: ReadonlySet<string> = new Set([
  'caseLevel',
  'numericOrdering',
  'normalization',
  'backwards',
])

function isFlag(value: Value): boolean {
  return typeof value === 'boolean'
}

function oneOf(...words: string[]) {
  return (value: Value): boolean => typeof value === 'string' && words.includes(value)
}

/** How a command's collation compares texts; undefined for the order of their bytes. */
export function collationOf(body: Doc): CompareText | undefined {
  const collation = docOf(body, 'collation')
  if (!collation || collation.size === 0) return undefined
  checkFields(collation)
  const locale = asText(collation.get('locale'))
  if (locale === 'simple') return undefined
  const key = Object.keys(fields)
    .map((name) => asText(collation.get(name)))
    .join()
  return collators(key, () => collator(locale, collation))
}

function checkFields(collation: Doc): void {
  if (!collation.has('locale')) {
    throw new CommandError(
      'IDLFailedToParse',
      "BSON field 'collation.locale' is missing but a required field",
    )
  }
  for (const [name, value] of collation) {
    const isRight = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!isRight)
      throw new CommandError(
        'IDLUnknownField',
        `BSON field 'collation.${name}' is an unknown field.`,
      )
    if (!isRight(value)) throw wrongValue(name, value)
  }
  checkStrength(collation.get('strength'))
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

function wrongValue(name: string, value: Value): CommandError {
  const isText = name === 'locale' || name === 'version'
  if (isText || flags.has(name)) {
    return new CommandError(
      'TypeMismatch',
      `BSON field 'collation.${name}' is the wrong type '${bsonType(value)[1]}', expected type '${isText ? 'string' : 'bool'}'`,
    )
  }
  return new CommandError(
    'BadValue',
    `Enumeration value '${asText(value)}' for field 'collation.${name}' is not a valid value.`,
  )
}

function collator(locale: string, collation: Doc): CompareText {
  const strength = collation.get('strength')
  const level = isNumber(strength) ? Math.trunc(toDouble(strength)) : 3
  const caseFirst = asText(collation.get('caseFirst') ?? 'off')
  const isShifted = collation.get('alternate') === 'shifted'
  refuseUnknownOrders(collation, level)
  const { compare } = newCollator(locale, {
    sensitivity: sensitivity(level, collation.get('caseLevel') === true),
    numeric: collation.get('numericOrdering') === true,
    ignorePunctuation: isShifted,
    caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
  })
  if (level < 5) return compare
  // The last level tells texts apart that are the same letters, written with other characters.
  return (a, b) => compare(a, b) || byCharacters(a.normalize('NFD'), b.normalize('NFD'))
}

/** Orders that ICU has and a JavaScript engine's part of it does not. */
function refuseUnknownOrders(collation: Doc, level: number): void {
  if (collation.get('backwards') === true) throw notSupported('a collation with backwards')
  if (collation.get('alternate') !== 'shifted') return
  if (level > 3 || collation.get('maxVariable') === 'space')
    throw notSupported('a collation that is shifted at strength 4 or 5, or for spaces alone')
}

function sensitivity(level: number, caseLevel: boolean): Intl.CollatorOptions['sensitivity'] {
  if (level === 1) return caseLevel ? 'case' : 'base'
  return level === 2 && !caseLevel ? 'accent' : 'variant'
}

function newCollator(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  const name = languageTag(locale)
  try {
    if (Intl.Collator.supportedLocalesOf(name).length > 0) return new Intl.Collator(name, options)
  } catch {
    // A name that is no name of a locale is unknown like any other.
  }
  throw new CommandError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`)
}

// MongoDB's `de@collation=phonebook` is `de-u-co-phonebk` here.
function languageTag(locale: string): string {
  const [language = '', variant] = locale.split('@collation=')
  const tag = language.replaceAll('_', '-')
  return variant === undefined ? tag : `${tag}-u-co-${variants[variant] ?? variant}`
}

const variants: Readonly<Record<string, string>> = { phonebook: 'phonebk', traditional: 'trad' }

function byCharacters(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
