import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt, ReportStatus } from '#contracts/reports'
import { A_REPORT, request, startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

type File = { readonly name: string; readonly bytes: Uint8Array; readonly type?: string }

async function send(files: readonly File[], report: unknown = A_REPORT) {
  const form = new FormData()
  form.append('report', JSON.stringify(report))
  for (const { name, bytes, type } of files) {
    form.append('photos', new Blob([new Uint8Array(bytes)], { type: type ?? 'image/jpeg' }), name)
  }
  const answer = await fetch(`${server.url}/api/reports`, { method: 'POST', body: form })
  return { status: answer.status, body: (await answer.json()) as unknown }
}

const photo = async (format: 'jpeg' | 'png' | 'webp' | 'avif') =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#336' } })
    .withExif({ IFD3: { GPSLatitude: '10/1 46/1 0/1', GPSLatitudeRef: 'N' } })
    .toFormat(format)
    .toBuffer()

const stored = async () => readdir(join(server.dataDir, 'attachments')).catch(() => [])

describe('photos with a report', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'a %s is kept upright, re-encoded and without where it was taken',
    async (format) => {
      const { status, body } = await send([{ name: 'ảnh.jpg', bytes: await photo(format) }])
      expect(status).toBe(201)
      const receipt = body as ReportReceipt
      const headers = { 'X-Report-Pin': receipt.pin }
      const shown = await request(server, 'GET', `/api/reports/${receipt.code}`, { headers })
      const [attachment] = (shown.body as ReportStatus).attachments
      const bytes = await fetch(
        `${server.url}/api/reports/${receipt.code}/attachments/${attachment?.id ?? ''}`,
        { headers },
      )
      expect(bytes.headers.get('content-type')).toBe('image/webp')
      const metadata = await sharp(await bytes.arrayBuffer()).metadata()
      expect(metadata).toMatchObject({ format: 'webp', width: 64, height: 48 })
      expect(metadata.exif).toBeUndefined()
    },
  )

  test('a PDF is taken, whatever its name says', async () => {
    const bytes = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
    expect((await send([{ name: 'don.jpg', bytes }])).status).toBe(201)
  })

  test('a text file that calls itself a picture is refused by name, and nothing is kept', async () => {
    const before = await stored()
    const { status, body } = await send([
      { name: 'that.jpg', bytes: await photo('jpeg') },
      { name: 'gia.jpg', bytes: Buffer.from('<script>alert(1)</script>') },
    ])
    expect(status).toBe(415)
    expect((body as Problem).detail).toContain('gia.jpg')
    expect(await stored()).toEqual(before)
  })

  test('an iPhone picture is refused with what to do about it', async () => {
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic'),
      Buffer.from([0, 0, 0, 0]),
      Buffer.from('mif1heic'),
    ])
    const { status, body } = await send([{ name: 'IMG_1.HEIC', bytes: heic }])
    expect(status).toBe(415)
    expect((body as Problem).errors?.[0]?.reason).toBe('file-heic')
    expect((body as Problem).detail).toContain('Camera')
  })

  test('a picture that ends half-way is refused', async () => {
    const bytes = (await photo('jpeg')).subarray(0, 200)
    expect((await send([{ name: 'a.jpg', bytes }])).body).toMatchObject({
      code: 'unsupported-media',
    })
  })

  test('six photos and a photo of 11 MB are refused', async () => {
    const small = { name: 'a.jpg', bytes: await photo('jpeg') }
    expect(await send(Array.from({ length: 6 }, () => small))).toMatchObject({
      status: 413,
      body: { errors: [{ reason: 'too-many-files' }] },
    })
    const large = { name: 'a.jpg', bytes: new Uint8Array(11 * 1024 * 1024) }
    expect(await send([large])).toMatchObject({ status: 413, body: { code: 'too-large' } })
  })

  test('a form without its report is refused', async () => {
    const form = new FormData()
    form.append('something', 'else')
    const answer = await fetch(`${server.url}/api/reports`, { method: 'POST', body: form })
    expect(answer.status).toBe(400)
  })

  test('no file waits in the temporary folder once the answer is out', async () => {
    await send([{ name: 'a.jpg', bytes: await photo('jpeg') }])
    await expect.poll(async () => readdir(join(server.dataDir, 'uploads'))).toEqual([])
  })

  test("another case's PIN does not open the file", async () => {
    const mine = (await send([{ name: 'a.jpg', bytes: await photo('jpeg') }])).body as ReportReceipt
    const other = (await send([])).body as ReportReceipt
    const [file] = (await readdir(join(server.dataDir, 'attachments'))).filter(
      (name) => !name.includes('thumbnail'),
    )
    const answer = await request(
      server,
      'GET',
      `/api/reports/${mine.code}/attachments/${file ?? ''}`,
      {
        headers: { 'X-Report-Pin': other.pin },
      },
    )
    expect(answer.status).toBe(404)
    expect(await readFile(join(server.dataDir, 'attachments', file ?? ''))).toBeInstanceOf(Buffer)
  })
})
