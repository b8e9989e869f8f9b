import { CommandError } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import { isNumber, toDouble, type Doc } from '../bson/values.ts'
import { docOf } from './request.ts'

const sensitivities: Readonly<Record<number, Intl.CollatorOptions['sensitivity']>> = {
  1: 'base',
  2: 'accent',
  3: 'variant',
  4: 'variant',
  5: 'variant',
}

const collators = new Map<string, CompareText>()

/** How a command's collation compares texts; undefined for the order of their bytes. */
export function collationOf(body: Doc): CompareText | undefined {
  const collation = docOf(body, 'collation')
  if (!collation || collation.size === 0) return undefined
  const locale = collation.get('locale')
  if (typeof locale !== 'string') {
    throw new CommandError(
      'IDLFailedToParse',
      "BSON field 'collation.locale' is missing but a required field",
    )
  }
  if (locale === 'simple') return undefined
  const strength = collation.get('strength')
  const level = isNumber(strength) ? toDouble(strength) : 3
  const caseLevel = collation.get('caseLevel') === true
  const numeric = collation.get('numericOrdering') === true
  const key = [locale, level, caseLevel, numeric].join()
  const known = collators.get(key)
  if (known) return known
  const sensitivity = caseLevel && level === 1 ? 'case' : sensitivities[level]
  const made = collator(locale, { sensitivity, numeric })
  collators.set(key, made)
  return made
}

function collator(locale: string, options: Intl.CollatorOptions): CompareText {
  try {
    return new Intl.Collator(locale.replaceAll('_', '-'), options).compare
  } catch {
    throw new CommandError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`)
  }
}
