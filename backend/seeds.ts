import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AgencyTemplate, instantiateAgencies } from '#domain/agency-catalogue'
import { type HolidaySeed, settingsFromSeed } from '#domain/calendar-settings'
import type { RoutingRule } from '#domain/routing'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import { DEFAULT_SERVICE_LEVELS } from '#domain/service-level'
import type { Urgency } from '#contracts/vocabulary'
import type { ProvinceRow, WardRow } from '#persistence/gazetteer'
import type { StoredSettings } from '#persistence/settings-store'
import type { FieldEntry } from '#use-cases/ports'

type TaxonomyRow = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly subtopics: readonly {
    readonly id: string
    readonly name: string
    readonly nameEn?: string
    readonly urgency: Urgency
  }[]
}

type CatalogueRow = Parameters<typeof instantiateAgencies>[1][number]

/** What a new installation starts from: files under seeds/vietnam. */
export type Seeds = {
  readonly provinces: readonly (ProvinceRow & CatalogueRow)[]
  readonly wards: readonly (WardRow & CatalogueRow)[]
  readonly agencyTemplates: readonly AgencyTemplate[]
  readonly settings: StoredSettings
}

/** Reads the seeds from a folder. They ship with the product, so their shape is not checked again. */
export async function readSeeds(folder: string): Promise<Seeds> {
  const read = async <T>(name: string): Promise<T> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as T
  const [provinces, wards, catalogue, taxonomy, routing, holidays, cannedAnswers] =
    await Promise.all([
      read<Seeds['provinces']>('gazetteer/provinces.json'),
      read<Seeds['wards']>('gazetteer/wards.json'),
      read<{ agencies: AgencyTemplate[] }>('agencies.json'),
      read<{ fields: TaxonomyRow[] }>('taxonomy.json'),
      read<RoutingRule[]>('routing.json'),
      read<HolidaySeed>('holidays_vn.json'),
      read<StoredSettings['canned-answers']>('canned-answers.json'),
    ])
  return {
    provinces,
    wards,
    agencyTemplates: catalogue.agencies,
    settings: {
      fields: taxonomy.fields.map(fieldOf),
      routing,
      calendar: settingsFromSeed(holidays),
      'service-levels': DEFAULT_SERVICE_LEVELS,
      'canned-answers': cannedAnswers,
      hotline: DEFAULT_HOTLINE,
      cti: { blocked: [], callerIds: [] },
    },
  }
}

/** National agencies, and those of each chosen province and its communes. */
export function agencyCatalogue(seeds: Seeds, isChosen: (provinceCode: string) => boolean) {
  const provinces = seeds.provinces.filter(({ code }) => isChosen(code))
  const wards = seeds.wards.filter(({ parent }) => isChosen(parent))
  return instantiateAgencies(seeds.agencyTemplates, [...provinces, ...wards])
}

function fieldOf(row: TaxonomyRow): FieldEntry {
  return {
    id: row.id,
    name: { vi: row.name, en: row.nameEn },
    topics: row.subtopics.map(({ id, name, nameEn, urgency }) => ({
      id,
      name: { vi: name, en: nameEn ?? name },
      urgency,
    })),
  }
}
