import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'
import { findRole, isPlace } from './roles.ts'
import type { Finding } from './rules.ts'

type WordSet = { readonly keys: ReadonlySet<string>; readonly plain: ReadonlySet<string> }

const SURNAMES = wordSet(
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Mai Lương Tô Trương Cao Hà Lâm Tạ Châu Thái Quách Kiều Nông Vi Lò Giàng Thạch Sơn Danh Kim Đào Phùng Vương Chu Đàm Lưu Tăng Triệu Nghiêm La Bạch Khổng Mạc Viên Doãn Hứa Tống Thân Ninh',
)
/** Ways to say one's own name, plain. */
const SELF_CUES = [
  'toi ten la',
  'toi ten',
  'ten toi la',
  'ten em la',
  'ten chau la',
  'ten bac la',
  'ten minh la',
  'minh ten la',
  'minh ten',
  'em ten la',
  'em ten',
  'chau ten la',
  'chau ten',
  'ho ten',
  'ho va ten',
  'nguoi gui',
  'ky ten',
  'my name is',
].map((cue) => cue.split(' '))
const TITLES = wordSet('anh chị ông bà cô chú bác em cháu thầy dì cậu mợ thím bạn mr mrs ms')
/** Everyday words once the accents are gone. */
const NO_TITLES_WHEN_PLAIN = new Set(['di', 'ban'])
/** After these a title and a name are a road, a ward or a sight. */
const NOT_BEFORE = new Set(
  'duong pho ngo ngach hem cau cho chua dinh den phuong xa quan huyen ga truong kenh nui ho mieu hang dao suoi rach hai hoi via tuong'.split(
    ' ',
  ),
)
/** Capitalised words that follow a title without being a name. */
const NOT_NAMES = new Set(
  'ria dang diem huyen quan phuong xa tinh tp cong csgt bao giam chu giao bac dieu nhan can truong pho ubnd hdnd ban tay em'.split(
    ' ',
  ),
)
/** Where a name typed in lower case ends. */
const STOP_WORDS = new Set(
  'o la so sdt dt nha hien dang muon xin phan can sinh tru tai ngu thuoc cu co da dia da bi de chi anh gui to thon ap xom phuong xa quan huyen va nam thuong lam cccd cmnd toi ma minh em khu duong ngo hem'.split(
    ' ',
  ),
)
const MOST_NAME_WORDS = 5

/** Finds names that people give of themselves, and names after titles where little else can be meant. */
export function findNames(text: string, words: readonly Word[]): Finding[] {
  const findings: Finding[] = []
  const isAccented = words.some(({ hasDiacritics }) => hasDiacritics)
  for (let at = 0; at < words.length; at++) {
    const cue = SELF_CUES.find((phrase) =>
      phrase.every((word, offset) => words[at + offset]?.plain === word),
    )
    const roleAt = cue ? 0 : nameAfterRole(text, words, at)
    const type = cue ? 'self_name' : 'person_name'
    const nameAt = roleAt > 0 ? roleAt : at + (cue?.length ?? 1)
    const end = cue
      ? selfNameEnd(text, words, nameAt)
      : roleAt > 0
        ? capitalisedEnd(text, words, roleAt)
        : titledNameEnd(text, words, at, isAccented)
    const first = words[nameAt]
    const last = words[end - 1]
    if (end <= nameAt || !first || !last) continue
    findings.push({ type, start: first.start, end: last.end })
    at = end - 1
  }
  return findings
}

function selfNameEnd(text: string, words: readonly Word[], from: number): number {
  const first = words[from]
  if (!first) return from
  if (first.isCapitalised) {
    const end = capitalisedEnd(text, words, from)
    // After "tên là" one capitalised word is a name, where the text has small letters too.
    if (end - from > 1 || isSurname(first) || isMixedCase(text, first)) return end
  }
  if (!isSurname(first)) return from
  let end = from + 1
  while (end < words.length && end - from < 4 && isJoined(text, words, end) && !isStop(words[end]))
    end++
  return end - from > 1 ? end : from
}

/** Where the full name after a role begins; 0 where there is none. */
function nameAfterRole(text: string, words: readonly Word[], at: number): number {
  const role = findRole(text, words, at)
  const first = words[role?.nameAt ?? 0]
  if (!role || !first?.isCapitalised || !isSurname(first)) return 0
  const name = words.slice(role.nameAt, capitalisedEnd(text, words, role.nameAt))
  return name.length < role.fewestWords || isPlace(name) ? 0 : role.nameAt
}

/** Without accents "di" is mostly "đi", and "Ba Lan" within a sentence no "bà Lan". */
function isDoubtfulTitle(text: string, words: readonly Word[], at: number): boolean {
  const title = words[at]
  const first = words[at + 1]
  if (!title || !first) return true
  if (isSurname(first) && capitalisedEnd(text, words, at + 1) - at > 2) return false
  if (NO_TITLES_WHEN_PLAIN.has(title.plain)) return true
  return title.isCapitalised && at > 0 && isJoined(text, words, at)
}

function isMixedCase(text: string, word: Word): boolean {
  const written = text.slice(word.start, word.end)
  return written !== written.toUpperCase()
}

/** "anh Nguyễn Văn Nam", "chị Mai": a title, then capitals that start no sentence and no place. */
function titledNameEnd(
  text: string,
  words: readonly Word[],
  at: number,
  isAccented: boolean,
): number {
  const title = words[at]
  const first = words[at + 1]
  if (!title || !first?.isCapitalised || !isTitle(title)) return at
  if (!TITLES.keys.has(title.key) && (isAccented || isDoubtfulTitle(text, words, at))) return at
  if (!isTitleJoined(text, title, first) || NOT_NAMES.has(first.plain)) return at
  const before = isJoined(text, words, at) ? (words[at - 1]?.plain ?? '') : ''
  if (NOT_BEFORE.has(before) || /\d/.test(before)) return at
  const written = text.slice(first.start, first.end)
  if (written.length > 1 && written === written.toUpperCase()) return at
  return capitalisedEnd(text, words, at + 1)
}

function capitalisedEnd(text: string, words: readonly Word[], from: number): number {
  let end = from + 1
  while (
    end < words.length &&
    end - from < MOST_NAME_WORDS &&
    isJoined(text, words, end) &&
    words[end]?.isCapitalised === true &&
    !/\d/.test(words[end]?.plain ?? '')
  ) {
    end++
  }
  return end
}

/** Only spaces stand between this word and the one before. */
function isJoined(text: string, words: readonly Word[], at: number): boolean {
  return /^[ \t]+$/.test(text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? 0))
}

/** A space stands between a title and the name, in "Mr. Smith" with a full stop before it. */
function isTitleJoined(text: string, title: Word, name: Word): boolean {
  const between = text.slice(title.end, name.start)
  return title.plain.startsWith('m') && title.plain.length <= 3
    ? /^\.?[ \t]+$/.test(between)
    : /^[ \t]+$/.test(between)
}

function isStop(word: Word | undefined): boolean {
  return word === undefined || STOP_WORDS.has(word.plain) || /\d/.test(word.plain)
}

function isSurname(word: Word): boolean {
  return isIn(SURNAMES, word)
}

/** The word is a title before a name. */
export function isTitle(word: Word): boolean {
  return isIn(TITLES, word)
}

/** Accents that are written must be right; missing ones are forgiven. */
function isIn(set: WordSet, word: Word): boolean {
  return word.hasDiacritics ? set.keys.has(word.key) : set.plain.has(word.plain)
}

function wordSet(list: string): WordSet {
  const words = createWordReader()(list)
  return {
    keys: new Set(words.map((word) => word.key)),
    plain: new Set(words.map((word) => word.plain)),
  }
}
