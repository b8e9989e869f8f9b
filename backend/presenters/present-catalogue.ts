import type { Bilingual, Catalogue, Field, Unit } from '#contracts/catalogue'
import { textsIn } from './texts/in-language.ts'

const EMERGENCY_NUMBERS = ['113', '114', '115'] as const

type FieldLike = Omit<Field, 'topics'> & { readonly topics: readonly Field['topics'][number][] }

/** What forms and filters need to know. */
export function presentCatalogue(
  fields: readonly FieldLike[],
  provinces: readonly Unit[],
  shown: Pick<Catalogue, 'proofOfWork' | 'tileUrl'>,
): Catalogue {
  return {
    fields: fields.map(({ id, name, topics }) => ({ id, name, topics: [...topics] })),
    provinces: [...provinces],
    emergencyNumbers: EMERGENCY_NUMBERS.map((number) => ({ number, name: nameOf(number) })),
    ...shown,
  }
}

function nameOf(number: (typeof EMERGENCY_NUMBERS)[number]): Bilingual {
  const inLanguage = (lang: 'vi' | 'en') => textsIn(lang).emergencyNumbers[number]
  return { vi: inLanguage('vi'), en: inLanguage('en') }
}
