import { expect, test } from 'vitest'
import type { SimilarAnswer } from '#contracts/answers'
import type { LikelyDuplicate } from '#contracts/cases'
import { anOffice } from '../support/an-office.ts'
import { aRow, aView } from '../support/builders.ts'

import {
  byName,
  during,
  eventually,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const CODE = '2611048273'
const OTHER = '2611048281'

test('cases likely about the same incident stand beside the case, each with its reasons and a way to it', async () => {
  const server = anOffice()
  const likely: LikelyDuplicate = {
    row: aRow({ code: OTHER, summary: 'Hẻm 42 tối thui mấy bữa nay' }),
    score: 0.87,
    reasons: ['same-address', 'same-unit'],
  }
  server.views.set(OTHER, aView({ code: OTHER, text: 'Hẻm 42 tối thui mấy bữa nay' }))
  server.answers.set(`GET /api/cases/${CODE}/duplicates`, { status: 200, body: [likely] })
  await renderConsole(server, `/inbox/all/${CODE}`)
  const panel = await eventually(() => byName('section', 'Có thể trùng sự việc'))
  expect(panel.textContent).toContain('87%')
  expect(panel.textContent).toContain('cùng địa chỉ hoặc tên nơi, cùng phường, xã')
  expect(panel.textContent).toContain('Chờ tiếp nhận')
  await press('Hẻm 42 tối thui mấy bữa nay', 'a')
  await eventually(() => document.querySelector('h1')?.textContent.includes('tối thui'))
})

test('a case is merged into the one it repeats, and taken out again with a reason', async () => {
  // The text box listens for fonts, which this page does not have.
  Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })
  const server = anOffice()
  const likely: LikelyDuplicate = {
    row: aRow({ code: OTHER, summary: 'Hẻm 42 tối thui' }),
    score: 0.87,
    reasons: ['same-address'],
  }
  server.answers.set(`GET /api/cases/${CODE}/duplicates`, { status: 200, body: [likely] })
  server.views.set(CODE, aView({ actions: ['merge'] }))
  const merged = { version: 6, status: 'merged', mergedInto: OTHER } as const
  server.answers.set(`POST /api/cases/${CODE}/merge`, {
    status: 200,
    body: aView({ ...merged, actions: ['unmerge'] }),
  })
  server.answers.set(`POST /api/cases/${CODE}/unmerge`, {
    status: 200,
    body: aView({ version: 7 }),
  })
  await renderConsole(server, `/inbox/all/${CODE}`)
  await press('Gộp vào vụ việc này: 2611 048 281')
  expect(server.sent.at(-1)?.body).toEqual({
    version: 5,
    leadCode: OTHER,
    reason: 'Khả năng 87%: cùng địa chỉ hoặc tên nơi',
  })
  const panel = await eventually(() => byName('section', 'Vụ việc đã gộp'))
  expect(panel.textContent).toContain('2611 048 281')
  expect(byName('button', 'Gộp vào vụ việc này: 2611 048 281')).toBeNull()
  await press('Tách ra')
  await type('Lý do', 'Hẻm khác')
  const send = () => document.querySelector<HTMLButtonElement>('form.dialog [type="submit"]')
  await during(() => {
    send()?.click()
  })
  expect(server.sent.at(-1)?.body).toEqual({ version: 6, reason: 'Hẻm khác' })
  await eventually(() => byName('section', 'Vụ việc đã gộp') === null)
})

test('where there are none nothing is said of duplicates', async () => {
  await renderConsole(anOffice(), `/inbox/all/${CODE}`)
  await eventually(() => byName('section', 'Thông tin phân loại'))
  expect(byName('section', 'Có thể trùng sự việc')).toBeNull()
})

test('a published answer to a like question becomes the start of this one', async () => {
  const server = anOffice()
  const similar: SimilarAnswer = {
    answer: {
      code: OTHER,
      field: 'urban',
      fieldName: 'Hạ tầng đô thị',
      agency: { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' },
      unitName: null,
      lat: null,
      lng: null,
      question: 'Đèn hẻm 7 không sáng',
      response: 'Đã thay bóng đèn trong ngày.',
      receivedAt: '2026-11-20T01:12:00.000Z',
      publishedAt: '2026-11-21T01:12:00.000Z',
      wasOnTime: true,
      rating: 5,
    },
    wording: 0.6,
  }
  server.answers.set('POST /api/similar-answers', { status: 200, body: [similar] })
  await renderConsole(server, `/inbox/all/${CODE}`)
  await press('Trả lời tương tự')
  await eventually(() => byName('ul', 'Trả lời tương tự'))
  expect(document.body.textContent).toContain('người dân chấm 5/5')
  expect(server.sent.at(-1)?.body).toEqual({ text: aView().text, exceptCode: CODE })
  await press('Dùng làm bản đầu')
  const box = document.querySelector<HTMLTextAreaElement>(
    'textarea[aria-label="Trả lời người dân"]',
  )
  expect(box?.value).toBe('Đã thay bóng đèn trong ngày.')
})

test('an officer is told when nothing like it was published', async () => {
  const server = anOffice()
  server.answers.set('POST /api/similar-answers', { status: 200, body: [] })
  await renderConsole(server, `/inbox/all/${CODE}`)
  await press('Trả lời tương tự')
  await eventually(() => document.body.textContent.includes('Chưa có trả lời nào được công bố'))
})
