import { describe, expect, test } from 'vitest'
import { loadGazetteer } from '#nlp/cli/seeds'
import { createPlaceFinder } from '#nlp/places/find-places'

const findPlaces = createPlaceFinder(loadGazetteer())

/** The first unit of a text: [text, code, province, certain]. */
function place(text: string) {
  const [first] = findPlaces(text)
  return first ? [first.text, first.code, first.provinceCode, first.certain] : null
}

describe('provinces', () => {
  test.each([
    ['Đường ngập ở Đà Nẵng', 'Đà Nẵng', '48'],
    ['ngap o da nang', 'da nang', '48'],
    ['kẹt xe TPHCM', 'TPHCM', '79'],
    ['TP. Hồ Chí Minh nóng quá', 'TP. Hồ Chí Minh', '79'],
    ['o sg mua to', 'sg', '79'],
    ['tỉnh Hải Dương cũ', 'tỉnh Hải Dương', '31'],
    ['Hoà Bình mất điện', 'Hoà Bình', '25'],
  ])('%s', (text, named, code) => {
    expect(place(text)).toEqual([named, code, code, true])
  })

  test('an abbreviation of two provinces names both and is certain of none', () => {
    expect(findPlaces('Tôi ở ĐN')[0]).toMatchObject({
      code: null,
      certain: false,
      candidates: ['48', '75'],
    })
  })
})

describe('names of before July 2025', () => {
  test.each(['quận 1', 'q1', 'Q.1', 'quan 1'])(
    '%s is the old district, in today’s city',
    (name) => {
      const [found] = findPlaces(`Ổ gà ở ${name}`)
      expect(found).toMatchObject({ text: name, code: null, provinceCode: '79', certain: true })
      expect(found?.candidates).toContain('26740')
    },
  )

  test('a district that became part of another is still known', () => {
    expect(findPlaces('ngập ở quận 9')[0]).toMatchObject({ provinceCode: '79', certain: true })
  })

  test('a numbered ward is told apart by its district', () => {
    expect(place('P.5 Gò Vấp')).toEqual(['P.5', '26876', '79', true])
    expect(place('p14 q3')).toEqual(['p14', '27142', '79', true])
    expect(place('phường 5')).toMatchObject([expect.anything(), null, null, false])
  })

  test('a district name of many provinces is told apart by the province', () => {
    expect(place('huyện Châu Thành')).toMatchObject([expect.anything(), null, null, false])
    expect(place('huyện Châu Thành, tỉnh Tiền Giang')).toMatchObject([
      expect.anything(),
      null,
      '82',
      true,
    ])
  })

  test('the city Thủ Đức and the ward Thủ Đức are two units', () => {
    expect(place('phường Thủ Đức')).toEqual(['phường Thủ Đức', '26824', '79', true])
    expect(place('tp Thủ Đức')).toMatchObject([expect.anything(), null, '79', true])
    expect(findPlaces('Thủ Đức ngập nặng')[0]?.candidates[0]).toBe('26824')
  })

  test('a bare district name finds its city', () => {
    expect(findPlaces('Bình Thạnh ngập')[0]).toMatchObject({ provinceCode: '79' })
    expect(findPlaces('binh thanh ngap nang')[0]).toMatchObject({ provinceCode: '79' })
  })
})

describe('what is no unit', () => {
  test.each([
    'hố ga đường Nguyễn Trãi mất nắp',
    'đường Hà Nội nhiều ổ gà',
    'duong Ha Noi hu',
    'cao tốc Hà Nội - Hải Phòng kẹt cứng',
    'chị Hà Giang nói vậy',
    'xã hội bức xúc',
    'den duong hem 42 Nguyen Trai bi hong ca tuan nay',
    'phố Huế đông quá',
    '',
    '😀😀',
  ])('%s', (text) => {
    expect(findPlaces(text)).toEqual([])
  })

  test('accents that are written must be the name’s own', () => {
    expect(findPlaces('hai đường này hỏng')).toEqual([])
  })
})

test('offsets are those of the text given, composed or not', () => {
  const text = 'Rác ở Huyện Ba Vì'.normalize('NFD')
  const [found] = findPlaces(text)
  expect(text.slice(found?.start, found?.end).normalize('NFC')).toBe('Huyện Ba Vì')
  expect(found).toMatchObject({ provinceCode: '01', certain: true })
})

test('a misspelt ward is offered, never claimed', () => {
  const [found] = findPlaces('rác ở phường Bến Ngé, quận 1')
  expect(found).toMatchObject({ certain: false })
  expect(found?.candidates).toContain('26740')
})

describe('names as people spell them', () => {
  test.each([
    ['đăk nông mưa lớn', 'đăk nông', '68'],
    ['ở Đắk Lắc', 'Đắk Lắc', '66'],
    ['Quãng Ngãi sạt lở', 'Quãng Ngãi', '51'],
    ['tỉnh Quãng Trị', 'tỉnh Quãng Trị', '44'],
    ['TPHN tắc đường', 'TPHN', '01'],
    ['ha noi bui min qua', 'ha noi', '01'],
    ['Daklak mất mùa', 'Daklak', '66'],
  ])('%s', (text, named, code) => {
    expect(place(text)).toEqual([named, code, code, true])
  })

  test.each([
    ['Nhà ở Mĩ Tho', '815'],
    ['qui nhon rac nhieu', '540'],
    ['plei ku bụi đỏ', '622'],
    ['sapa đông khách', '088'],
    ['quận mười hai ngập nước', '761'],
    ['Huyện Ba Vì mất điện', '271'],
    ['H.Bình Chánh ngập', '785'],
  ])('%s is the former district %s', (text, formerDistrictCode) => {
    expect(findPlaces(text)[0]).toMatchObject({ formerDistrictCode, certain: true })
  })

  test('a province with a wrong accent is offered, not taken', () => {
    expect(findPlaces('Nghê An mưa lũ')[0]).toMatchObject({
      certain: false,
      code: null,
      candidates: ['40'],
    })
  })
})

describe('no place is certain in', () => {
  test.each([
    'bún bò Huế bị ôi thiu',
    'nước mắm Phú Quốc giả',
    'chị Nguyễn Thị Hà Giang chưa có lương',
    'bà Lê Thị Ninh Bình báo công an',
    'hòa bình là mong ước của mọi người',
    'cuộc sống tân bình thường',
    'đường đất đỏ lầy lội, cán bộ thanh liêm',
    'ngân hàng yêu cầu giấy xác nhận',
    'bùn cao bằng nửa kênh',
    'ban quản lý chợ thu tiền hai lần',
    'xin phường cho biết có đúng vậy không',
    'chủ quan, 3 là chất lượng cột điện',
    'sửa chữa hồ sơ tài chính cũ, chi cục hẹn lại',
    'cho thue mat bang, chu nha khong chiu',
    'si quan luc quan 2 nam nay lam o dau',
    'quay thuoc van ban cho khach',
    'xa bo ban dau ca hoc ky',
  ])('%s', (text) => {
    expect(findPlaces(text).filter(({ certain }) => certain)).toEqual([])
  })
})
