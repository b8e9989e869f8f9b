import type { Language } from './reading.ts'
import type { Word } from './text/words.ts'

const ONSETS = 'ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x'
const RHYMES =
  'a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|eu|ech|enh|i|ia|ic|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|op|oong|ot|u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|uyt|uynh|uyu|uo|y|yem|yen|yet|yeu'
/** A syllable that Vietnamese could have, without its diacritics. */
const SYLLABLE = new RegExp(`^(?!k[aou]|c[eiy])(?:${ONSETS})?(?:${RHYMES})$`)
const NUMBER = /^[\d#]+$/
const LATIN = /^[a-z0-9#]+$/
const SHORT_FORMS = new Set(
  'ko k kg hok dc dk vs r z bt ng nc cx trc bn ntn mn mng sdt dt tp ubnd tphcm hcm csgt q p bs bv hs'.split(
    ' ',
  ),
)

const VIETNAMESE_WORDS = new Set(
  'khong duoc toi cua nguoi duong nuoc bi la va co cho nay nha ngay thi rat nhieu dien roi cac nhung mot trong voi lam qua hon chua xin gio viec khu pho phuong xa de nghi mong xu ly hom thay giup dang lai day ai gi sao'.split(
    ' ',
  ),
)
const ENGLISH_WORDS = new Set(
  'the a an and or of to in on at is are was were be been it its this that these those i my me we our you your he she they them his her their what when where which who why how do does did can could will would should may might must have has had not no yes if there here for from with by about as so but please help need want get got go make tell know see find show give take let am out up down over any some all just like much many more most than then now new old one two card account money bank time day today tomorrow name phone number call work street road water power light broken near house since been still after before very long hello thanks thank been because into only also does dont cant im ive whats id ll re ve isnt doesnt'.split(
    ' ',
  ),
)
const OTHER_WORDS = new Set(
  'le les des du et est une dans pour que qui sur avec pas el los las y en es por con una der die das und ist nicht ein eine ich wir auf mit yang dan di ini itu dengan untuk tidak saya il lo gli che di non per sono ang ng mga sa ako na hindi'.split(
    ' ',
  ),
)

/** Whether a plain word could be a Vietnamese syllable without its diacritics. */
export function isPlainSyllable(plain: string): boolean {
  return SYLLABLE.test(plain)
}

/** The language a text is written in; `vi-plain` is Vietnamese without diacritics. */
export function detectLanguage(words: readonly Word[]): Language {
  const read = words.filter((word) => !NUMBER.test(word.plain)).slice(0, 200)
  if (read.length === 0) return 'other'
  const latin = read.filter((word) => LATIN.test(word.plain))
  if (latin.length * 2 < read.length) return 'other'
  const share = (test: (word: Word) => boolean): number => latin.filter(test).length / latin.length
  const syllables = share(({ plain }) => SYLLABLE.test(plain) || SHORT_FORMS.has(plain))
  const accented = share(({ plain, hasDiacritics }) => hasDiacritics && SYLLABLE.test(plain))
  const english = share(({ plain, hasDiacritics }) => !hasDiacritics && ENGLISH_WORDS.has(plain))
  const other = share(({ plain }) => OTHER_WORDS.has(plain))
  if (accented > 0.15 && syllables >= 0.5) return 'vi'
  const vietnamese = syllables + share(({ plain }) => VIETNAMESE_WORDS.has(plain))
  if (vietnamese >= 0.9 && vietnamese > english * 3 && syllables >= 0.55) {
    return accented > 0.05 ? 'vi' : 'vi-plain'
  }
  if (other > english && other >= 0.15) return 'other'
  if (english > 0.1 || accented + share((word) => word.hasDiacritics) === 0) return 'en'
  return syllables >= 0.7 ? 'vi' : 'other'
}
