/** One topic of a field, as the taxonomy lists it. */
export type TaxonomyTopic = {
  readonly id: string
  readonly name: string
  readonly keywords: readonly string[]
  readonly urgency: string
}

/** One field of the taxonomy. */
export type TaxonomyField = {
  readonly id: string
  readonly name: string
  readonly subtopics: readonly TaxonomyTopic[]
}

/** What the reader uses of seeds/vietnam/taxonomy.json. */
export type Taxonomy = {
  readonly fields: readonly TaxonomyField[]
  readonly petitionKinds: readonly { readonly id: string; readonly cues: readonly string[] }[]
}

/** A province of today. */
export type ProvinceRecord = {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly aliases: readonly string[]
  readonly riskyAliases: readonly string[]
}

/** A ward, commune or special zone of today. */
export type WardRecord = {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly parent: string
}

/** A province of before July 2025. */
export type LegacyProvinceRecord = {
  readonly code: string
  readonly name: string
  readonly newCode: string
  readonly aliases: readonly string[]
}

/** A district of before July 2025, with the wards its land is in now. */
export type LegacyDistrictRecord = {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly oldProvince: string
  readonly newProvince: string
  readonly newWards: readonly string[]
  /** Names it had before, unaccented and without spaces. */
  readonly aliasKeys: readonly string[]
}

/** A ward of before July 2025. */
export type LegacyWardRecord = {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly district: string
  readonly oldProvince: string
  readonly newProvince: string
  readonly newCodes: readonly string[]
}

/** The files of seeds/vietnam/gazetteer. */
export type Gazetteer = {
  readonly provinces: readonly ProvinceRecord[]
  readonly wards: readonly WardRecord[]
  readonly legacyProvinces: readonly LegacyProvinceRecord[]
  readonly legacyDistricts: readonly LegacyDistrictRecord[]
  readonly legacyWards: readonly LegacyWardRecord[]
}

/** What the reader uses of seeds/vietnam/pii_rules.json. */
export type PersonalDataRules = {
  readonly order: readonly string[]
  readonly cccdProvinceCodes: readonly string[]
  readonly rules: readonly {
    readonly id: string
    /** What it finds, where several rules find the same; otherwise its id. */
    readonly type?: string
    readonly regex: string
    readonly flags: string
  }[]
}

/** What the reader uses of seeds/vietnam/vi_text_facts.json. */
export type TextFacts = {
  /** Short forms by what they stand for; keys and values list several with `|`. */
  readonly teencode: Readonly<Record<string, string>>
  readonly govAbbr: Readonly<Record<string, string>>
}
