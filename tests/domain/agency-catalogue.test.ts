import { describe, expect, test } from 'vitest'
import {
  instantiateAgencies,
  type AgencyTemplate,
  type CatalogueUnit,
} from '#domain/agency-catalogue'
import { readSeed } from './seed.ts'

const { agencies: templates } = readSeed('agencies.json') as { agencies: AgencyTemplate[] }
const provinces = readSeed('gazetteer/provinces.json') as CatalogueUnit[]
const wards = readSeed('gazetteer/wards.json') as CatalogueUnit[]
const units = [
  ...provinces.filter(({ code }) => ['79', '91', '22'].includes(code)),
  // A ward of Hồ Chí Minh City, a special zone of Quảng Ninh, a commune of An Giang.
  ...wards.filter(({ code }) => ['26743', '06994'].includes(code)),
  ...wards.filter(({ parent, type }) => parent === '91' && type === 'commune').slice(0, 1),
]
const agencies = instantiateAgencies(templates, units)
const byId = new Map(agencies.map((agency) => [agency.id, agency]))

test.each([
  [
    'so-xay-dung@79',
    'Sở Xây dựng TP. Hồ Chí Minh',
    'Department of Construction of Ho Chi Minh City',
  ],
  [
    'so-xay-dung@91',
    'Sở Xây dựng tỉnh An Giang',
    'Department of Construction of An Giang Province',
  ],
  ['ubnd-tinh@79', 'UBND TP. Hồ Chí Minh', "People's Committee of Ho Chi Minh City"],
  ['ubnd-xa@26743', 'UBND Phường Bến Thành', "People's Committee of Ben Thanh Ward"],
  [
    'phong-kinh-te-xa@26743',
    'Phòng Kinh tế, Hạ tầng và Đô thị Phường Bến Thành',
    'Economic, Infrastructure and Urban Office of Ben Thanh Ward',
  ],
  [
    'ubnd-xa@06994',
    'UBND Đặc khu Vân Đồn',
    "People's Committee of Van Don Special administrative region",
  ],
  ['evn@91', 'Công ty Điện lực An Giang', 'An Giang Power Company'],
  [
    'evn@79',
    'Tổng công ty Điện lực TP. Hồ Chí Minh (EVNHCMC)',
    'Ho Chi Minh City Power Corporation (EVNHCMC)',
  ],
  ['vpcp', 'Văn phòng Chính phủ', 'Office of the Government'],
])('%s is named in both languages', (id, name, nameEn) => {
  expect(byId.get(id)).toMatchObject({ name, nameEn })
})

test('a rural commune has the smaller economic office', () => {
  const commune = units.find(({ type }) => type === 'commune')
  const office = byId.get(`phong-kinh-te-xa@${commune?.code ?? ''}`)
  expect(office?.name).toBe(`Phòng Kinh tế ${commune?.fullName ?? ''}`)
})

test('an agency carries what routing and search need', () => {
  expect(byId.get('ubnd-xa@26743')).toMatchObject({
    level: 'commune',
    unitCode: '26743',
    templateId: 'ubnd-xa',
    isActive: true,
    fields: expect.arrayContaining(['urban']) as string[],
    keywords: expect.arrayContaining(['hẻm']) as string[],
  })
  expect(byId.get('evn@79')).toMatchObject({ level: 'operator', unitCode: '79' })
  expect(byId.get('vpcp')).toMatchObject({ level: 'central', unitCode: null })
})

describe('the agency above is', () => {
  test.each([
    ['phong-kinh-te-xa@26743', 'ubnd-xa@26743'],
    ['ubnd-xa@26743', 'ubnd-tinh@79'],
    ['cong-an-xa@26743', 'cong-an-tinh@79'],
    ['cong-an-tinh@79', 'bo-cong-an'],
    ['ubnd-tinh@79', null],
  ])('for %s: %s', (id, parentId) => {
    expect(byId.get(id)?.parentId).toBe(parentId)
  })

  test('nobody for a ward that comes without its province', () => {
    const alone = instantiateAgencies(
      templates,
      units.filter(({ code }) => code === '26743'),
    )
    expect(alone.find(({ id }) => id === 'ubnd-xa@26743')?.parentId).toBeNull()
  })
})

test('an agency that only some provinces have exists only there', () => {
  expect(byId.has('so-attp@79')).toBe(true)
  expect(byId.has('so-attp@91')).toBe(false)
  expect(byId.get('so-vhttdl@79')?.name).toBe('Sở Văn hóa và Thể thao TP. Hồ Chí Minh')
  expect(byId.get('so-vhttdl@91')?.name).toBe('Sở Văn hóa, Thể thao và Du lịch tỉnh An Giang')
})

test('ids are unique and no name keeps a placeholder or a slash', () => {
  expect(byId.size).toBe(agencies.length)
  const local = agencies.filter(({ unitCode }) => unitCode !== null)
  expect(local.filter(({ name, nameEn }) => /[{}/]/.test(name + nameEn))).toEqual([])
})

test('the catalogue names every agency it multiplies', () => {
  const nameless = templates.filter(
    ({ per, names }) => per !== null && names?.['default'] === undefined,
  )
  expect(nameless).toEqual([])
})

test('a template without patterns is named after its unit all the same', () => {
  const department: AgencyTemplate = {
    id: 'so-y-te',
    name: 'Sở Y tế',
    nameEn: 'Dept of Health',
    level: 'province',
    per: 'province',
    parent: null,
    fields: ['health'],
    keywords: [],
  }
  const hoChiMinhCity = units.filter(({ code }) => code === '79')
  expect(instantiateAgencies([department], hoChiMinhCity)).toMatchObject([
    { name: 'Sở Y tế TP. Hồ Chí Minh', nameEn: 'Dept of Health, Ho Chi Minh City' },
  ])
})
