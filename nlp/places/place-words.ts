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
  h: { levels: ['district'], types: ['huyen'] },
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
  // What is sold under the name of a place comes from there, and is complained of elsewhere.
  'bún bò',
  'bún',
  'mì',
  'hủ tiếu',
  'cao lầu',
  'lẩu',
  'bánh',
  'bánh mì',
  'bánh tráng',
  'bánh đa',
  'bánh đa cua',
  'kẹo',
  'kẹo dừa',
  'nước mắm',
  'mắm',
  'nem',
  'nem chua',
  'chả',
  'chả mực',
  'bia',
  'rượu',
  'cà phê',
  'chè',
  'trà',
  'bưởi',
  'cam',
  'vải thiều',
  'nhãn lồng',
  'đặc sản',
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
  'mi',
  'bia',
  'cam',
  'che',
  'tra',
  'cha',
  'mam',
  'nem',
  'bun',
  'pho',
  'banh',
  'buoi',
  'keo',
  'lau',
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

/** Names that are everyday words in small letters: "hòa bình là mong ước", "đường đất đỏ lầy lội". */
export const EVERYDAY_NAMES: readonly string[] = [
  'hòa bình',
  'thái bình',
  'yên bình',
  'thanh bình',
  'tam bình',
  'bình minh',
  'thống nhất',
  'phú quý',
  'yên lạc',
  'bác ái',
  'thanh liêm',
  'tam nông',
  'kế sách',
  'cái nước',
  'năm căn',
  'đất đỏ',
  'chợ mới',
  'ngã năm',
  'ngã bảy',
  'ba vì',
  'cửa lò',
  'cầu giấy',
  'vụ bản',
  'lý nhân',
  'cao bằng',
  'hòa thành',
  'lê chân',
  'thanh xuân',
  'tánh linh',
  'tự do',
  'cờ đỏ',
]

/** Everyday words of two syllables that begin with the end of a name: "tân bình thường". */
export const RUN_ON: Readonly<Record<string, readonly string[]>> = {
  bình: ['thường', 'yên', 'an', 'đẳng', 'quân', 'luận', 'ổn', 'chọn'],
  an: ['toàn', 'ninh', 'tâm', 'ủi', 'cư'],
}

/** Names that mean nothing else even without diacritics, capitals or a word beside them. */
export const UNMISTAKABLE_NAMES: readonly string[] =
  'ha noi|sai gon|ho chi minh|kon tum|kontum|dak lak|daklak|dak nong|daknong|danang|hanoi|haiphong|saigon|dalat|pleiku|plei ku|bac lieu|soc trang|tra vinh|kien giang|hau giang|dong thap|tay ninh|binh duong|binh phuoc|binh thuan|ninh thuan|ninh binh|khanh hoa|quang ngai|quang tri|quang binh|quang ninh|thai nguyen|tuyen quang|yen bai|lai chau|lang son|vinh phuc|bac ninh|bac kan|vung tau|nha trang|da lat|buon ma thuot|ban me thuot|quy nhon|qui nhon|phan thiet|bien hoa|thu duc|go vap|hoc mon|cu chi|sapa'.split(
    '|',
  )

/** Numbers that name a district or a ward, in words. */
export const NUMBER_NAMES: readonly string[] =
  'một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai|mười ba|mười bốn|mười lăm|mười sáu|mười bảy|mười tám'.split(
    '|',
  )
