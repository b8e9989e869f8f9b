/**
 * What different people call one thing, without diacritics: the first of a line stands for the others.
 * Regions' words and those of the matters citizens write about; words of several meanings are left out.
 */
const GROUPS = [
  'hong, hu, hu hong, bi hu, tro, truc trac, bi loi',
  'toi om, toi thui, toi den, toi qua, toi mit',
  'den duong, tru den, cot den, bong den, den chieu sang, den cao ap, den ngo',
  'tat, khong sang, khong chay den, chay bong, chay het',
  'nhap nhay, chap chon, chop tat, luc sang luc tat',
  'ngap, lenh lang, ngap nuoc, ngap ung, thanh song, nuoc dang',
  'lon, heo, ot',
  'nha ve sinh, wc, toilet, phong ve sinh, cau tieu',
  'tac duong, ket xe, ket cung, tac nghet, un tac, un u, nghen, nghet, ket',
  've hoi, mui hoi, hoi thoi, boc mui, thum, nong nac, mui',
  'rac, rac thai, dong rac, bai rac, bao rac',
  'o ga, o voi, o trau, ho sau',
  'nap cong, nap ho ga, ho ga, ho cong, cai nap cong',
  'thoat nuoc, cong thoat, song chan rac, vi thoat nuoc',
  'hem, ngo, kiet, ngach',
  'duong, pho, tuyen duong',
  'via he, le duong, he pho',
  'xe hoi, o to, oto, xe 7 cho, xe con',
  'xe may, xe hai banh, honda',
  'do xe, dau xe, bo xe',
  'chan, chiem, lan chiem, bit, tran ra, choan',
  'cong nhan, nguoi lao dong',
  'ngo doc, trung doc, non oi, oi mua, tieu chay, dau bung',
  'bua trua, com trua, com ca, suat an, bua an ca, bua an',
  'benh vien, bv, nha thuong',
  'can tin, cang tin, bep an, nha an',
  'cho hoc sinh, tre em, tre con, tui nho, con nit, cac chau, may chau, may be, chau be',
  'hoc phi, quy phu huynh, tien quy, quy lop',
  'cong ty, cty, doanh nghiep, xuong, nha may',
  'mat nuoc, cup nuoc, khong co nuoc, ko co nuoc, khong giot nao, cat nuoc',
  'mat dien, cup dien, cat dien, khong co dien',
  'dien yeu, sut ap, tut ap',
  'nuoc ban, nuoc duc, vang khe, can vang, lon con, co can, duc',
  'ro ri, ri nuoc, be ong, vo ong, ong nuoc vo, nuoc phun, ro nuoc',
  'day dien, day cap, cap vien thong, day dien thoai, bo day',
  'long thong, thong xuong, rot xuong, dut',
  'ma tuy, nghien, chich, chich choat, hut chich, kim tiem, ong tiem, hang trang, xi ke',
  'trom, mat trom, an cap, ke trom',
  'moc tui, rach tui, lay mat',
  'ca do, ca cuoc, da ga, soi ga, an tien',
  'so de, lo de, ghi de, ghi lo',
  'on ao, am i, um sum, am am, inh oi, on',
  'mat ngu, khong ngu duoc, ngu khong noi, khong ngu noi, bat ngu',
  'loa keo, loa keo keo, loa thung',
  'cat tia, don ha, chat cay, don cay',
  'nghieng, sap do, sap nga, nghieng han',
  'nut, nut toac, nut nha, nut tuong',
  'dong coc, ep coc, khoan coc',
  'xay them, xay vuot, vuot tang, them tang, sai phep, khong phep, co noi',
  'thang may, cau thang may',
  'chu dau tu, cdt',
  'khach san, ks',
  'uy ban, ubnd, uy ban nhan dan',
  'can bo, nhan vien, co ngoi quay',
  'quat, la mang, chui, cau gat',
  'to roi, quang cao, giay quang cao, bien quang cao',
  'vay tien, cho vay, tin dung den, vay nong',
  'internet, mat mang, cap quang, wifi',
  'tro cap, tien tro cap, bao tro xa hoi, tien bao tro',
  'nguoi gia, cu ba, cu gia, nguoi cao tuoi, ba cu',
  'so do, so hong, giay chung nhan, so dat',
  'no luong, cham luong, khong tra luong, chua co luong, khong co luong',
  'giam doc, chu doanh nghiep, ong chu',
  'bo tron, bo ve nuoc, di roi, tron mat',
  'nhiem man, nuoc man, xam nhap man',
  'xang, xang dau, cay xang, tram xang',
  'bom thieu, gian lan, khong du, thieu',
  'an the, nuot the, giu the',
  'tre gio, muon gio, cham gio',
  'bo tram, khong ghe tram, bo khach, khong dung, chay luon',
  'nga, te, vap nga, bi nga, te nga',
  'nong, nong chet nguoi, nong buc',
  'xe buyt, bus, xe bus, buyt',
  'dang ky tam tru, tam tru, khai tam tru, lam tam tru',
  'phu huynh, cha me hoc sinh, hoi phu huynh',
  'giao vien, co giao, thay co',
  'danh, danh dap, bao hanh',
  'lua, lua gao, ruong lua',
  'chet, chet vang, chay la, chay kho',
  'sat lo, lo dat',
  'khoi, khoi den, khoi mu mit',
  'bui, bui min, bui bam, bui mu',
  'xe tai, xe ben, xe ben cho dat, xe container, xe cong',
] as const

/** A wording as words, and the word that stands for it: the group's first, run together after `=`. */
export type Wording = { readonly words: readonly string[]; readonly stands: string }

/** Every listed wording by its first word, longest first. */
export const SYNONYMS: ReadonlyMap<string, readonly Wording[]> = byFirstWord()

function byFirstWord(): Map<string, Wording[]> {
  const found = new Map<string, Wording[]>()
  for (const group of GROUPS) {
    const wordings = group.split(', ')
    const stands = `=${(wordings[0] ?? '').replaceAll(' ', '')}`
    for (const wording of wordings) {
      const words = wording.split(' ')
      const [first = ''] = words
      found.set(first, [...(found.get(first) ?? []), { words, stands }])
    }
  }
  for (const wordings of found.values()) wordings.sort((a, b) => b.words.length - a.words.length)
  return found
}
