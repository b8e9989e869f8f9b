import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Catalogue, Unit } from '#contracts/catalogue'
import type { Problem } from '#contracts/errors'
import { request, startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ TILE_URL: 'https://tiles.example/{z}/{x}/{y}.png' })
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const units = async (query: Record<string, string>) =>
  (await request(server, 'GET', `/api/units?${new URLSearchParams(query).toString()}`))
    .body as Unit[]

describe('GET /api/catalogue', () => {
  test('tells forms what they need', async () => {
    const { status, body, headers } = await request(server, 'GET', '/api/catalogue')
    const catalogue = body as Catalogue
    expect(status).toBe(200)
    expect(catalogue.fields).toHaveLength(28)
    for (const { name } of catalogue.fields) expect(name.vi && name.en).not.toBe('')
    expect(catalogue.provinces).toHaveLength(34)
    expect(catalogue.emergencyNumbers.map(({ number }) => number)).toEqual(['113', '114', '115'])
    expect(catalogue).toMatchObject({
      proofOfWork: false,
      tileUrl: 'https://tiles.example/{z}/{x}/{y}.png',
    })
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('etag')).not.toBeNull()
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('GET /api/units', () => {
  test('finds a ward by name, accents not needed', async () => {
    for (const q of ['Bến Thành', 'ben thanh', 'BEN THA', 'phường bến thành']) {
      expect((await units({ q })).map(({ code }) => code)).toContain('26743')
    }
    expect((await units({ q: 'ben thanh ho chi minh' }))[0]?.code).toBe('26743')
  })

  test('"quan 1" finds what was in Quận 1 before what was in Quận 10', async () => {
    const found = await units({ q: 'quan 1', province: '79' })
    expect(found.length).toBeGreaterThan(2)
    expect(found[0]?.formerly).toMatch(/, Quận 1$/)
    const ranks = found.map(({ formerly }) => (/Quận 1\b/.test(formerly ?? '') ? 0 : 1))
    expect(ranks).toEqual([...ranks].sort())
    expect(found.map(({ code }) => code)).toContain('26743')
  })

  test('finds a province by the name it had before it was merged', async () => {
    const found = (await units({ q: 'tinh binh duong' })).find(({ code }) => code === '79')
    expect(found?.level).toBe('province')
    expect(found?.formerly).toContain('Bình Dương')
  })

  test('stays within a province', async () => {
    const found = await units({ q: 'an', province: '48' })
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ provinceCode }) => provinceCode))).toEqual(new Set(['48']))
  })

  test('names the ward around a point, and none at sea or abroad', async () => {
    expect(await units({ near: '10.7721,106.6983' })).toMatchObject([
      { level: 'ward', provinceCode: '79' },
    ])
    expect(await units({ near: '48.85,2.35' })).toEqual([])
    expect(await units({ near: '999,999' })).toEqual([])
  })

  test('answers a dozen at most, and something for nothing typed', async () => {
    expect(await units({ q: 'a' })).toHaveLength(12)
    expect((await units({})).length).toBeLessThanOrEqual(12)
    expect(await units({ q: 'khong co noi nao ten nhu vay' })).toEqual([])
    expect(await units({ q: '.*[(' })).toBeInstanceOf(Array)
  })

  test.each([
    ['province=abc', '/province'],
    ['near=here', '/near'],
    [`q=${'x'.repeat(101)}`, '/q'],
    ['surprise=1', '/surprise'],
  ])('refuses %s, with where it is', async (query, pointer) => {
    const { status, body } = await request(server, 'GET', `/api/units?${query}`)
    expect(status).toBe(400)
    expect((body as Problem).errors).toMatchObject([{ pointer }])
  })
})
