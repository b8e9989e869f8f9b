import type { Language } from './reading.ts'
import type { Word } from './text/words.ts'

const ONSETS = 'ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x'
const RHYMES =
  'a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|eu|ech|enh|i|ia|ic|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|op|oong|ot|u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|uyt|uynh|uyu|uo|y|yem|yen|yet|yeu'
/** A syllable that Vietnamese could have, without its diacritics. */
const SYLLABLE = new RegExp(`^(?!k[aou]|c[eiy])(?:${ONSETS})?(?:${RHYMES})$`)
const LETTERS = /\p{L}/u
const LATIN = /^[a-z0-9#]+$/
const FIRST_PICTURE = 0x8000
const MOST_READ = 200
/** Less of it is a borrowed word or a name. */
const LEAST_ENGLISH = 0.12
const MOST_ACCENTED_ENGLISH = 0.1
const SHORT_FORMS = new Set(
  'ko k kg hok dc dk vs r z bt ng nc cx trc bn ntn mn mng sdt dt tp ubnd tphcm hcm csgt q p bs bv hs'.split(
    ' ',
  ),
)

/** Words that most Vietnamese sentences have, as they are typed without diacritics. */
const VIETNAMESE_WORDS = new Set(
  'khong co toi nha cho bi ma cong tu bao ban xin ho con nguoi lam dau thi cua dong nuoc nhan lai xe noi duoc di bo thu moi mat chua dan de ba doi qua hoi duong tien ca dien cu dung gia trong giay hai quan nam cap tra ky roi ra chi gio hang mot thang ngay da la dang ai mua em van vien xa phai nao dinh dat tai nghi chung truong tren truoc hoc lan chu nay het chay sau thay phong vi sinh vao sang nop tro den mo ngoai tam goi xuong ben bang tinh du len nho bat phi cung san dai ly hop thanh bien giao tram khu hoa vay phuong muon thong cao khi gi chuyen ty thue sao ten dem trung vo loi tru ghi cau ong phat chan va voi lo tang khai trieu mang phep han phan lay kiem cay luc su bay tre hay cai nghe le danh trai thuong ke anh nhap xong chinh ket chieu gui trang quy khach muoi dua tay tin canh hanh ngan khoi mau thuoc pho chau lop tieng giai phu cam nhieu doc xay khoa nhu vu benh tuc te khoan sua chuc thieu kinh tui tho doanh biet xom lap lanh song cat che sai hon nghiep bon hom lien nhung huong sach thoi binh gan mai sat kho dich tuoi theo dao toan khac lang bai tiem muc nong hiem xac quay lich hong luong cuoi thuc gay quyet ngu tan giu nen nua chet mong nang mui tuyen giam viec keo lua duoi dam tong ap bac tap tat vang choi minh nuoi kham nhat cham xu rac gap tham tri tieu nhau toc ga hem cuoc boi ta chiu cach yeu hieu dieu giua cot dot luon tuan ao kien hen tuong lau sap bong troi chong nguyen hoan viet mien si trinh thai ghe chat treo quoc xuat goc tich ro nga khau thoai dap doan cuu rung pha toa tac keu nai tran bua ton hien pham dia diem lao lon xem quang tron nhom phap gioi bom hu nhanh nham rao ngo nghin moc giup nap duc met uong via kieu tung rong gium thon rut cuc khieu nhac trua hinh ngheo thua ruong tim vong xanh ha gian nut xet boc buu hoat ung non rieng'.split(
    ' ',
  ),
)
/** Words that most English sentences have. */
const ENGLISH_WORDS = new Set(
  'the and or of to in on at is are was were be been it its this that these those my we our you your he she they them his her their what when where which who why how do does did can could will would should may might must have has had not no yes if there here for from with by about as so but please help need want get got go make tell know see find show give take let am out up down over any some all just like much many more most than then now new old one two three first last card account money bank time day days today tomorrow yesterday week month year name phone number call work street road water power light lights broken near house home since still after before very long hello hi thanks thank because into only also don doesn isn didn won dont doesnt didnt cant cannot im ive whats id ll re ve an a i me us every each other another again ever never always too off under nobody somebody something anything nothing people children school garbage trash noise report problem application apply certificate office open close pay fee bill transfer change cancel set play start stop turn check update order book send add remove use keep put ask say said says being'.split(
    ' ',
  ),
)
/** Small words of the languages that people here meet most, but for those that the two above have too. */
const OTHER_WORDS = new Set(
  'les des et est une dans pour que qui sur avec pas je nous vous mon notre votre devant depuis plus quand fils besoin voudrais el los las y es por una mi hijo desde hace cuando quiero ya muy necesita favor il gli per sono della alla nel vicino vorrei davanti casa mia os uma um para meu minha rua quando foi der die das und ist nicht ein eine einen ich wir auf mit vor mein meinem unsere unserer wird wann bitte seit zu een voor wordt niet onze mijn al wanneer yang ini itu dengan untuk tidak saya kami kapan tolong sudah sejak karena sangat rumah jalan lampu air mohon ada dari pada kantor ang ng mga sa ako na hindi namin po ay ko kayo kailan walang dito aming kong tungkol bahay det och som har inte jag med till en ett min utanfor pred mym domem nie jest przed moim od ze se cea este sunt din mea pentru bir icin bu ne mu ei ja egy nem az wis ing among atubangan dalan voisin voisins fait nuit bruit chez mais tres bonjour monsieur merci eau rien depuis jours acqua giorni notte strada niente geen drie dagen ons hebben agua dias noches women nimen zhe shi mei shou xie jia xiang zhong guo zai hen dou ren'.split(
    ' ',
  ),
)

/** Whether a plain word could be a Vietnamese syllable without its diacritics. */
export function isPlainSyllable(plain: string): boolean {
  return SYLLABLE.test(plain)
}

/** The language a text is written in; `vi-plain` is Vietnamese without diacritics. */
export function detectLanguage(words: readonly Word[]): Language {
  const read = words.filter(({ plain }) => isWritten(plain)).slice(0, MOST_READ)
  const latin = read.filter(({ plain }) => LATIN.test(plain))
  // Other scripts do not divide their words by spaces: their letters are counted, not their words.
  if (read.length === 0 || lettersOf(latin) * 2 < lettersOf(read)) return 'other'
  const share = (test: (word: Word) => boolean): number => latin.filter(test).length / latin.length
  const isSyllable = ({ plain }: Word) => SYLLABLE.test(plain) || SHORT_FORMS.has(plain)
  const syllables = share(isSyllable)
  const accented = share((word) => word.hasDiacritics && SYLLABLE.test(word.plain))
  if (accented > 0.15 && syllables >= 0.5) return 'vi'
  // What two languages have in common speaks for neither.
  const english = share((word) => ENGLISH_WORDS.has(word.plain) && !isSyllable(word))
  const vietnamese = share((word) => isSyllable(word) && !ENGLISH_WORDS.has(word.plain))
  const common = share(({ plain }) => VIETNAMESE_WORDS.has(plain))
  const other = share(({ plain }) => OTHER_WORDS.has(plain))
  if (vietnamese >= 0.4 && common >= 0.12 && vietnamese > english * 2 && common > other) {
    return accented > 0.05 ? 'vi' : 'vi-plain'
  }
  // English has no accents; one borrowed word in a sentence may.
  if (share(({ hasDiacritics }) => hasDiacritics) > MOST_ACCENTED_ENGLISH) return 'other'
  const anyEnglish = share(({ plain, hasDiacritics }) => !hasDiacritics && ENGLISH_WORDS.has(plain))
  return anyEnglish > other && anyEnglish >= LEAST_ENGLISH ? 'en' : 'other'
}

/** Not a number, and not a picture: those are words of one letter from the end of the table. */
function isWritten(plain: string): boolean {
  return LETTERS.test(plain) && !(plain.length === 1 && plain.charCodeAt(0) >= FIRST_PICTURE)
}

function lettersOf(words: readonly Word[]): number {
  return words.reduce((sum, { plain }) => sum + plain.length, 0)
}
