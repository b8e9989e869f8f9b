import { describe, expect, test } from 'vitest'
import { loadPersonalDataRules } from '#nlp/cli/seeds'
import { createPersonalDataFinder } from '#nlp/personal-data/find-personal-data'

const rules = loadPersonalDataRules()
const personalData = createPersonalDataFinder(rules)

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

describe('the rules meet the tests that come with them', () => {
  test.each(rules.tests)('$rule: $text', ({ text, rule, expectedMatches }) => {
    for (const form of ['NFC', 'NFD'] as const) {
      const spans = personalData.find(text.normalize(form))
      expect(spans.filter((span) => span.type === rule)).toHaveLength(expectedMatches)
    }
  })
})

describe('redacting', () => {
  const redact = (text: string, names: string[] = []): string => personalData.redact(text, names)

  test('masks what identifies and keeps the sentence readable', () => {
    expect(
      redact('Tôi tên là Nguyễn Thị Hoa, sđt 0912345678, ở số 5/3 đường Láng, đèn hỏng.'),
    ).toBe('Tôi tên là N. T. H., sđt 091*****78, ở số … đường Láng, đèn hỏng.')
  })

  test('never masks service numbers', () => {
    const text = 'Gọi 113, 1022 hay 19009095 đều bận'
    expect(redact(text)).toBe(text)
  })

  test.each(['0903 111 222', '0903.113.114', '0911 102 222', '091 1 022 115', '+84 903 115 115'])(
    'masks %s whole, though a piece of it reads like a service number',
    (phone) => {
      const shown = redact(`Gọi anh Trung ${phone}.`).replace(/\D/g, '')
      expect(shown.length).toBeLessThanOrEqual(5)
    },
  )

  test('masks a phone number and leaves the hotline beside it', () => {
    expect(redact('gọi 0903 111 222 hoặc 111')).toBe('gọi 090*****22 hoặc 111')
  })

  test('masks a known name in every form it is written in', () => {
    const names = ['Trần Thị Mai']
    expect(redact('TRẦN THỊ MAI phản ánh', names)).toBe('T. T. M. phản ánh')
    expect(redact('ba tran thi mai bao', names)).toBe('ba T. T. M. bao')
    expect(redact('chị Mai bảo vậy', names)).toBe('chị M. bảo vậy')
    expect(redact('chi mai bao vay', names)).toBe('chi M. bao vay')
  })

  test('leaves everyday words that look like the name', () => {
    const text = 'ngày mai xử lý nhé'
    expect(redact(text, ['Trần Thị Mai'])).toBe(text)
  })

  test('masks digits that are spoken, with and without diacritics', () => {
    expect(redact('số của tôi là không chín một hai ba bốn năm sáu bảy tám')).toBe(
      'số của tôi là ***',
    )
    expect(redact('so toi la khong chin mot hai ba bon nam sau bay tam nhe')).toBe(
      'so toi la *** nhe',
    )
  })

  test.each([
    'Tổ dân phố tổng vệ sinh 25/11, mời bà con',
    'VỆ SINH 25/11',
    'hư hỏng phát sinh ngày 25/11/2026',
    'danh sách học sinh 12 lớp',
    'chính sách an sinh 2026, tuyển sinh năm 2026',
    'mùa giáng sinh 25, casn 12',
  ])('a day or a number after a word that ends in "sinh" is no birthday: %s', (text) => {
    expect(redact(text)).toBe(text)
    expect(redact(plain(text))).toBe(plain(text))
  })

  test.each([
    'bà ngoại sinh 25/11/1950',
    'tôi sinh ngày 25/11/1985',
    'anh Phát sinh năm 1985',
    'anh phát sinh năm 1985',
    'ngày sinh: 25/11/1985, ngụ phường 5',
  ])('the day somebody was born is masked: %s', (text) => {
    for (const written of [text, plain(text)]) {
      expect(personalData.find(written).map(({ type }) => type)).toContain('dob')
    }
  })

  test('masks names after titles, not places and offices', () => {
    expect(redact('anh Nguyễn Văn Nam không trả lời')).toBe('anh N. V. N. không trả lời')
    for (const text of ['ở Bà Rịa', 'đường Bà Triệu', 'các anh CSGT', '3 đường này hỏng']) {
      expect(redact(text)).toBe(text)
    }
  })

  test('works on decomposed text and leaves the rest as it was', () => {
    const text = 'Đèn hỏng, gọi tôi 0912345678 nhé'.normalize('NFD')
    expect(redact(text)).toBe('Đèn hỏng, gọi tôi 091*****78 nhé'.normalize('NFD'))
  })

  test('official addresses are public, private ones are not', () => {
    expect(redact('gửi a@hanoi.gov.vn và nam@gmail.com')).toBe(
      'gửi a@hanoi.gov.vn và n***@gmail.com',
    )
  })
})

test.each([
  ['one endless number', '1'.repeat(1_000_000)],
  ['a million spaces', ' '.repeat(1_000_000)],
  ['an endless address', `${'a'.repeat(500_000)}@`],
  ['broken characters', '\ud800\udc00\ud800'.repeat(1_000)],
])('%s is read to its end', (_, text) => {
  expect(personalData.find(text)).toEqual([])
})

describe('names of people who are introduced', () => {
  const names = (text: string): string[] =>
    personalData
      .find(text)
      .filter(({ type }) => type === 'self_name' || type === 'person_name')
      .map(({ start, end }) => text.slice(start, end))

  test.each([
    ['bác sĩ Trần Quốc Bảo quát bệnh nhân', 'Trần Quốc Bảo'],
    ['vợ tôi (Nguyễn Thị Kim Chi) sinh mổ', 'Nguyễn Thị Kim Chi'],
    ['Tôi: Phan Thị Ánh, ở tổ 5', 'Phan Thị Ánh'],
    ['kính gửi, tôi là TRẦN THỊ BÍCH NGỌC', 'TRẦN THỊ BÍCH NGỌC'],
    ['em tên là Vy, lớp 8', 'Vy'],
    ['con trai Lê Quang Huy bị đánh', 'Lê Quang Huy'],
    ['sinh năm 2018, cháu Bùi Anh Khoa', 'Bùi Anh Khoa'],
    ['Mr. John Smith was robbed', 'John Smith'],
    ['toi la Tran Van Sau o ap 3', 'Tran Van Sau'],
  ])('%s', (text, name) => {
    expect(names(text)).toEqual([name])
  })

  test.each([
    'đường Hai Bà Trưng kẹt xe',
    'núi Bà Đen và hồ Bà Bể đông khách',
    'chủ tịch Hà Nội tiếp dân',
    'tới Lê Lợi thì rẽ phải',
    'toi Le Loi thi re phai',
    'đồng bào Ba Na, Ủy ban Kiểm tra',
    'hoc sinh sang Ba Lan va di Duc hoc',
  ])('nobody is named in: %s', (text) => {
    expect(names(text)).toEqual([])
  })
})

test.each(['em đọc nhé 0 chín 1 hai 3 4 5 6 7 8', 'ko chín một hai ba tư năm sáu bảy tám'])(
  'digits and words for digits make one number: %s',
  (text) => {
    expect(personalData.find(text)).toMatchObject([{ type: 'spoken_digits', end: text.length }])
  },
)
