import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Agency, AgencyRef, Catalogue, Field } from '#contracts/catalogue'
import { screenLanguage } from '../i18n/setup.ts'
import { getJson, pathWith } from './api.ts'

/** What the catalogue is asked for most: names in the language of the screen. */
export type FieldNames = {
  readonly fields: readonly Field[]
  readonly fieldName: (id: string) => string
  /** The first words of a long name, for rows and chips. */
  readonly shortFieldName: (id: string) => string
  readonly topicName: (fieldId: string | null, topicId: string) => string
}

/** Fields, emergency numbers and map tiles; they change rarely. */
export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => getJson<Catalogue>('/api/catalogue', signal),
    staleTime: 10 * 60_000,
  })
}

/** Names of fields and topics; an unknown id is its own name. */
export function useFieldNames(): FieldNames {
  const { i18n } = useTranslation()
  const language = screenLanguage(i18n)
  const { data } = useCatalogue()
  return useMemo(() => {
    const fields = data?.fields ?? []
    const byId = new Map(fields.map((field) => [field.id, field]))
    const fieldName = (id: string) => byId.get(id)?.name[language] ?? id
    return {
      fields,
      fieldName,
      shortFieldName: (id) => fieldName(id).split(',')[0] ?? id,
      topicName: (fieldId, topicId) => {
        const topics = byId.get(fieldId ?? '')?.topics ?? []
        return topics.find((topic) => topic.id === topicId)?.name[language] ?? topicId
      },
    }
  }, [data, language])
}

/** Agencies whose name matches, diacritics not needed. Keeps the last answer while the next comes. */
export function useAgencies(text: string) {
  return useQuery({
    queryKey: ['agencies', text],
    queryFn: ({ signal }) => getJson<Agency[]>(pathWith('/api/agencies', { q: text }), signal),
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  })
}

/** An agency in the language of the screen. */
export function agencyRef(agency: Agency, language: 'vi' | 'en'): AgencyRef {
  return { id: agency.id, name: language === 'en' ? agency.nameEn : agency.name }
}
