import type { UnitLevel } from './units.ts'

/** A word before a name that says what sort of unit it is. */
export type UnitPrefix = {
  readonly levels: readonly UnitLevel[]
  readonly types: readonly string[]
}

const WARDS: readonly UnitLevel[] = ['ward', 'legacyWard']
const PROVINCES: readonly UnitLevel[] = ['province', 'legacyProvince']

/** Prefixes by their plain words. A unit may have changed its type, so only the level must fit. */
export const UNIT_PREFIXES: Readonly<Record<string, UnitPrefix>> = {
  tinh: { levels: PROVINCES, types: ['tinh'] },
  'thu do': { levels: PROVINCES, types: ['thanh pho'] },
  'thanh pho': { levels: ['province', 'district', 'legacyProvince'], types: ['thanh pho'] },
  tp: { levels: ['province', 'district', 'legacyProvince'], types: ['thanh pho'] },
  quan: { levels: ['district'], types: ['quan'] },
  q: { levels: ['district'], types: ['quan'] },
  district: { levels: ['district'], types: ['quan'] },
  huyen: { levels: ['district'], types: ['huyen'] },
  'thi xa': { levels: ['district'], types: ['thi xa'] },
  tx: { levels: ['district'], types: ['thi xa'] },
  phuong: { levels: WARDS, types: ['phuong'] },
  p: { levels: WARDS, types: ['phuong'] },
  f: { levels: WARDS, types: ['phuong'] },
  ward: { levels: WARDS, types: ['phuong'] },
  xa: { levels: WARDS, types: ['xa'] },
  'thi tran': { levels: WARDS, types: ['thi tran'] },
  tt: { levels: WARDS, types: ['thi tran'] },
  'dac khu': { levels: WARDS, types: ['dac khu'] },
}

/** Accented forms of the prefixes that are other words without their accents. */
export const PREFIX_KEYS: readonly string[] = [
  'tỉnh',
  'thủ đô',
  'thành phố',
  'quận',
  'huyện',
  'thị xã',
  'phường',
  'xã',
  'thị trấn',
  'đặc khu',
]

/** Words before a name of a road or a sight: what follows is no administrative unit. */
export const LANDMARK_WORDS: readonly string[] = [
  'đường',
  'phố',
  'ngõ',
  'ngách',
  'hẻm',
  'kiệt',
  'đại lộ',
  'xa lộ',
  'quốc lộ',
  'tỉnh lộ',
  'cao tốc',
  'cầu',
  'chợ',
  'chùa',
  'đình',
  'đền',
  'sông',
  'hồ',
  'kênh',
  'rạch',
  'núi',
  'ngã ba',
  'ngã tư',
  'vòng xoay',
  'bùng binh',
  'khách sạn',
  'chung cư',
  'khu đô thị',
  'kdt',
  'khu dân cư',
  'kdc',
  'khu công nghiệp',
  'kcn',
  'công ty',
  'cty',
  'nhà thờ',
  'công viên',
  'hầm',
  'street',
  'road',
]

/** Landmark words that are everyday words when typed without diacritics: only believed with them. */
export const AMBIGUOUS_LANDMARKS: ReadonlySet<string> = new Set([
  'cho',
  'ho',
  'den',
  'cau',
  'dinh',
  'chua',
  'pho',
  'song',
  'nui',
  'ham',
  'kenh',
  'kiet',
])

/** Titles before a person's name. */
export const TITLE_WORDS: readonly string[] = [
  'anh',
  'chị',
  'ông',
  'cô',
  'chú',
  'bác',
  'tên',
  'thầy',
  'bạn',
  'mr',
  'mrs',
  'ms',
]

/** Words after which a name is most likely a place. */
export const PLACE_PREPOSITIONS: ReadonlySet<string> = new Set([
  'o',
  'tai',
  've',
  'den',
  'toi',
  'tu',
  'ra',
  'vao',
  'len',
  'xuong',
  'thuoc',
  'khu',
  'vuc',
  'in',
  'at',
  'near',
  'from',
  'ubnd',
])
