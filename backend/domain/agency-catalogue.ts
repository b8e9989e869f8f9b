import type { AgencyLevel } from '#contracts/vocabulary'

/** Administrative unit of the gazetteer, province or ward, as far as agencies are named after it. */
export type CatalogueUnit = {
  readonly code: string
  readonly name: string
  readonly fullName: string
  readonly nameEn: string
  readonly fullNameEn: string
  /** `municipality`, `province`, `ward`, `commune` or `special_zone`. */
  readonly type: string
  readonly level: 'province' | 'ward'
  /** A ward's province. */
  readonly parent?: string
}

/** Patterns with `{unit}` (TP. Hồ Chí Minh, Phường Bến Thành) and `{name}` (Hồ Chí Minh). */
export type NamePattern = { readonly vi: string; readonly en: string }

/** One entry of the agency catalogue: an agency, or what every province or commune has one of. */
export type AgencyTemplate = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly level: AgencyLevel
  readonly per: 'province' | 'commune' | null
  readonly parent: string | null
  /** Codes of the only units that have it; without, all have. */
  readonly onlyIn?: readonly string[]
  /** By unit code, else by unit type, else `default`. */
  readonly names?: Readonly<Record<string, NamePattern>>
  readonly fields: readonly string[]
  readonly keywords: readonly string[]
}

/** An agency made from a template: `so-xay-dung@79`, `ubnd-xa@26743`, `vpcp`. */
export type CatalogueAgency = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly level: AgencyLevel
  readonly unitCode: string | null
  readonly templateId: string
  readonly parentId: string | null
  readonly fields: readonly string[]
  readonly keywords: readonly string[]
  readonly isActive: boolean
}

/** The agencies of the given provinces and wards, and the national ones. */
export function instantiateAgencies(
  templates: readonly AgencyTemplate[],
  units: readonly CatalogueUnit[],
): CatalogueAgency[] {
  const templateById = new Map(templates.map((template) => [template.id, template]))
  const agencies = templates.flatMap((template) => {
    const parent = template.parent === null ? undefined : templateById.get(template.parent)
    if (template.per === null) return [agencyOf(template, parent, null)]
    const level = template.per === 'province' ? 'province' : 'ward'
    return units
      .filter((unit) => unit.level === level && (template.onlyIn?.includes(unit.code) ?? true))
      .map((unit) => agencyOf(template, parent, unit))
  })
  const ids = new Set(agencies.map(({ id }) => id))
  // A ward may come without its province: then its agencies have nobody above them here.
  return agencies.map((agency) =>
    agency.parentId === null || ids.has(agency.parentId) ? agency : { ...agency, parentId: null },
  )
}

function agencyOf(
  template: AgencyTemplate,
  parent: AgencyTemplate | undefined,
  unit: CatalogueUnit | null,
): CatalogueAgency {
  const names = namesOf(template, unit)
  return {
    id: agencyId(template, unit),
    name: names.vi,
    nameEn: names.en,
    level: template.level,
    unitCode: unit?.code ?? null,
    templateId: template.id,
    parentId: parent === undefined ? null : agencyId(parent, unit),
    fields: template.fields,
    keywords: template.keywords,
    isActive: true,
  }
}

function agencyId({ id, per }: AgencyTemplate, unit: CatalogueUnit | null): string {
  if (per === null || unit === null) return id
  const code = per === 'province' && unit.level === 'ward' ? (unit.parent ?? '') : unit.code
  return `${id}@${code}`
}

function namesOf(template: AgencyTemplate, unit: CatalogueUnit | null): NamePattern {
  if (unit === null) return { vi: template.name, en: template.nameEn }
  const { names } = template
  const pattern = names?.[unit.code] ?? names?.[unit.type] ?? names?.['default']
  const { vi, en } = pattern ?? { vi: `${template.name} {unit}`, en: `${template.nameEn}, {unit}` }
  return {
    vi: vi.replaceAll('{unit}', shortFullName(unit)).replaceAll('{name}', unit.name),
    en: en.replaceAll('{unit}', unit.fullNameEn).replaceAll('{name}', unit.nameEn),
  }
}

/** As people write it within a name: TP. Hồ Chí Minh, tỉnh An Giang, Phường Bến Thành. */
function shortFullName({ fullName }: CatalogueUnit): string {
  return fullName.replace(/^Thành phố /, 'TP. ').replace(/^Tỉnh /, 'tỉnh ')
}
