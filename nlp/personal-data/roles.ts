import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'

/** What somebody is, said before a full name: an office, or kin of the one who writes. */
const ROLES = [
  'bác sĩ',
  'y tá',
  'y sĩ',
  'điều dưỡng',
  'giáo viên',
  'thầy giáo',
  'cô giáo',
  'hiệu trưởng',
  'cán bộ',
  'công an',
  'cảnh sát',
  'giám đốc',
  'chủ tịch',
  'bí thư',
  'trưởng thôn',
  'trưởng phòng',
  'trưởng ấp',
  'tổ trưởng',
  'kế toán',
  'tài xế',
  'chủ nhà',
  'chủ trọ',
  'chủ quán',
  'nhân viên',
  'nạn nhân',
  'bệnh nhân',
  'học sinh',
  'hàng xóm',
  'đồng chí',
  'bị can',
  'tôi là',
  'em là',
  'cháu là',
  'mình là',
  'i am',
  'tôi',
  'vợ',
  'chồng',
  'con',
  'con trai',
  'con gái',
  'mẹ',
  'ba',
  'bố',
  'cha',
]
const ROLES_BY_FIRST_WORD = byFirstWord(ROLES)
/** May stand between a role and the name. */
const BETWEEN = new Set('toi em chau minh ten la nha'.split(' '))
/** Names of two or three words that are places, though they begin like a person's. */
const PLACE_NAMES = new Set([
  'ha noi',
  'ha nam',
  'ha giang',
  'ha tinh',
  'ha long',
  'ha dong',
  'cao bang',
  'cao lanh',
  'son la',
  'son tay',
  'son tra',
  'thai binh',
  'thai nguyen',
  'lam dong',
  'ho chi minh',
  'kim ma',
  'mai chau',
  'chau doc',
  'chau thanh',
  'ninh binh',
  'ninh thuan',
  'ninh kieu',
])

/** A role found: where the name after it may begin, and how many words make it a name for sure. */
export type Role = { readonly nameAt: number; readonly fewestWords: number }

/** The role that stands here, as in "bác sĩ Trần Quốc Bảo" and "vợ tôi (Lê Thị Hoa)". */
export function findRole(text: string, words: readonly Word[], at: number): Role | null {
  const role = ROLES_BY_FIRST_WORD.get(words[at]?.plain ?? '')?.find((phrase) =>
    phrase.every((part, to) => isSameWord(words[at + to], part)),
  )
  if (!role) return null
  let nameAt = at + role.length
  while (nameAt < at + role.length + 2 && BETWEEN.has(words[nameAt]?.plain ?? '')) nameAt++
  const between = text.slice(words[nameAt - 1]?.end ?? 0, words[nameAt]?.start ?? 0)
  if (!/^[ \t]*[:(–-]?[ \t]*$/.test(between)) return null
  // "toi Le Loi" is "tới Lê Lợi" as well as "tôi, Lê Lợi"; three words are a name.
  const isDoubtful = role.length === 1 && !words[at]?.hasDiacritics
  return { nameAt, fewestWords: isDoubtful ? 3 : 2 }
}

function longestFirst(a: readonly Word[], b: readonly Word[]): number {
  return b.length - a.length
}

function byFirstWord(roles: readonly string[]): ReadonlyMap<string, Word[][]> {
  const read = createWordReader()
  const map = new Map<string, Word[][]>()
  for (const role of roles.map(read)) {
    const first = role[0]?.plain ?? ''
    map.set(first, [...(map.get(first) ?? []), role].sort(longestFirst))
  }
  return map
}

/** Accents that are written must be right; missing ones are forgiven. */
function isSameWord(word: Word | undefined, part: Word): boolean {
  if (word?.plain !== part.plain) return false
  return !word.hasDiacritics || word.key === part.key
}

/** The words are the name of a place that begins like a person's. */
export function isPlace(name: readonly Word[]): boolean {
  return [2, 3].some((length) =>
    PLACE_NAMES.has(
      name
        .slice(0, length)
        .map(({ plain }) => plain)
        .join(' '),
    ),
  )
}
