import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { SimilarAnswer } from '#contracts/answers'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt } from '#contracts/reports'
import { anAnsweredReport } from '../support/answered-case.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const WARD = 'ubnd-xa@26743'
let server: TestServer
let officer: Headers
let approver: Headers
let lamp: ReportReceipt

const QUESTION = 'Cột đèn chiếu sáng đường Lê Lai chập chờn, anh Nguyễn Văn Bảy 0912 345 678 báo'
const ANSWER = 'Kính gửi anh Nguyễn Văn Bảy, đã thay bóng và chỉnh lại hộp điện đường Lê Lai.'

beforeAll(async () => {
  server = await startTestServer()
  officer = (await signInAs(server, 'officer', WARD)).headers
  approver = (await signInAs(server, 'approver', WARD)).headers
  const contact = { name: 'Nguyễn Văn Bảy', phone: '0912 345 678' }
  lamp = await published({ text: QUESTION, contact }, ANSWER)
  await published({ text: 'Rác chất đống ở chợ không ai gom, hôi thối' }, 'Đã thu gom rác.')
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const published = async (report: object, text: string): Promise<ReportReceipt> =>
  anAnsweredReport(server, text, { officer, approver }, report)

const ask = async (body: object, headers: Headers = officer) =>
  request(server, 'POST', '/api/similar-answers', { headers, body })

async function answersTo(body: object): Promise<SimilarAnswer[]> {
  const { status, body: found } = await ask(body)
  expect(status).toBe(200)
  return found as SimilarAnswer[]
}

describe('POST /api/similar-answers', () => {
  const text = 'den chieu sang duong Le Lai hom nay lai chap chon'

  test('finds what was answered to like questions, in its public words alone', async () => {
    const found = await vi.waitFor(async () => {
      const answers = await answersTo({ text })
      expect(answers.map(({ answer }) => answer.code)).toEqual([lamp.code])
      return answers
    })
    const seen = JSON.stringify(found)
    expect(seen).toContain('đã thay bóng')
    for (const secret of ['Nguyễn Văn Bảy', '0912', '345 678']) expect(seen).not.toContain(secret)
  })

  test('leaves out the case being answered, and what nobody has published', async () => {
    const waiting = await sendReport(server, { text: QUESTION })
    expect(await answersTo({ text: QUESTION, exceptCode: lamp.code })).toEqual([])
    const codes = (await answersTo({ text: QUESTION })).map(({ answer }) => answer.code)
    expect(codes).not.toContain(waiting.code)
  })

  test('what was not meant for the public is no example', async () => {
    const secret = 'Bồn hoa trước bưu điện Sa Pa Nhỏ bị trộm nhổ sạch hoa hồng Đà Lạt'
    const quiet = await published({ text: secret, consents: ['contact'] }, 'Đã trồng lại hoa.')
    const shown = await published({ text: `${secret} hôm qua` }, 'Đã trồng lại hồng.')
    await vi.waitFor(async () => {
      const codes = (await answersTo({ text: secret })).map(({ answer }) => answer.code)
      expect(codes).toEqual([shown.code])
      expect(codes).not.toContain(quiet.code)
    })
  })

  test('what has left the public list is no example, even before its print says so', async () => {
    const secret = 'Hồ bơi Kỳ Đồng nước đục ngầu, cứu hộ ngủ gật trên ghế cao'
    const { code } = await published({ text: secret, consents: ['contact'] }, 'Đã thay nước.')
    const { likeness, casePrints } = server.ports
    const print = likeness.print(secret)
    await casePrints.put({
      code,
      version: 99,
      format: likeness.format,
      keys: likeness.answerKeys(print, 'culture').concat(likeness.answerKeys(print, 'urban')),
      sighting: {
        print,
        field: null,
        topic: null,
        unitCode: null,
        provinceCode: null,
        lat: null,
        lng: null,
        at: 0,
      },
      answerPrint: print,
    })
    expect(await answersTo({ text: secret })).toEqual([])
  })

  test('refuses what is no text, field by field', async () => {
    for (const body of [{}, { text: '' }, { text: 'x'.repeat(10_001) }, { text, other: 1 }]) {
      const { status, body: problem } = await ask(body)
      expect(status).toBe(400)
      expect((problem as Problem).code).toBe('invalid')
    }
  })

  test('is for staff, and not for another site’s page', async () => {
    expect((await ask({ text }, {})).status).toBe(401)
    const { Cookie = '' } = officer
    expect((await ask({ text }, { Cookie })).status).toBe(403)
  })
})
