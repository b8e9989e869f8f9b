import { expect, test } from 'vitest'
import { anOffice } from '../support/an-office.ts'
import { aView } from '../support/builders.ts'
import { aProblem, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  eventually,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const CODE = '2611048273'
const DOOR = `POST /api/cases/${CODE}/hints`
const BOX = 'Trả lời người dân'
const hints = () => byName('[role="status"]', 'Gợi ý cho câu trả lời')
const asked = (server: FakeServer) => server.sent.filter(({ path }) => path.endsWith('/hints'))

test('while the officer writes, hints appear in a polite live region and lead to their place', async () => {
  const server = anOffice()
  const text = 'Gọi bà số 0912 345 678'
  server.answers.set(DOOR, {
    status: 200,
    body: {
      hints: [
        { code: 'no-commitment', spans: [] },
        { code: 'personal-data', spans: [{ start: 10, end: 22 }] },
      ],
    },
  })
  await renderConsole(server, `/inbox/open/${CODE}`)
  await type(BOX, 'Gọi bà')
  await type(BOX, text)
  await eventually(() => hints()?.textContent.includes('Chưa nói đã làm gì'))
  // One question for the text as it came to rest, not one for every letter.
  expect(asked(server).map(({ body }) => body)).toEqual([{ text }])
  await press('Xem chỗ “0912 345 678”')
  const box = byName('textarea', BOX) as HTMLTextAreaElement
  expect(box.value.slice(box.selectionStart, box.selectionEnd)).toBe('0912 345 678')
  await type(BOX, 'Xong')
  expect(byName('button', 'Xem chỗ “0912 345 678”')).toBeNull()
})

test('hints stop nobody: what they warn of can be sent, and where they fail nothing is said', async () => {
  const server = anOffice()
  server.answers.set(DOOR, aProblem(503, 'unavailable'))
  server.answers.set(`POST /api/cases/${CODE}/submit`, {
    status: 200,
    body: aView({ version: 6, status: 'answered', actions: ['note'] }),
  })
  await renderConsole(server, `/inbox/open/${CODE}`)
  await type(BOX, 'Sẽ xem xét')
  await eventually(() => asked(server).length > 0)
  expect(hints()?.textContent).toBe('')
  expect(document.querySelector('[role="alert"]')).toBeNull()
  const submit = () =>
    [...document.querySelectorAll('button')].find((each) =>
      each.textContent.includes('Trình duyệt'),
    )
  expect(submit()?.disabled).toBe(false)
  submit()?.click()
  await eventually(() => server.sent.some(({ path }) => path.endsWith('/submit')))
})
