import { expect, test } from 'vitest'
import { aRow, aSession, aView } from '../support/builders.ts'
import { aServer, type FakeServer } from '../support/fake-server.ts'
import { byName, eventually, press, renderConsole, usePage } from '../support/render-console.tsx'

usePage()

const CODE = '2611048273'
const SUB = '2611048281'
const TEXT = 'Đèn hẻm 42 hỏng cả tuần. Ngoài ra điện cúp hoài.'
const PART = { start: 25, end: TEXT.length, field: 'electricity', confidence: 0.8 }
const OFFER = 'Tách thành vụ việc Điện'

function aCentre(): FakeServer {
  const server = aServer()
  server.session = aSession({ role: 'agent', agency: null })
  server.rows = [aRow()]
  server.views.set(CODE, aView({ text: TEXT, parts: [PART], actions: ['correct', 'split'] }))
  return server
}

test('a second matter is offered with its words, and becomes a sub-case that links to the case', async () => {
  const server = aCentre()
  const evn = { id: 'evn', name: 'Điện lực' }
  server.answers.set(`POST /api/cases/${CODE}/split`, {
    status: 200,
    body: aView({
      version: 6,
      text: TEXT,
      subCases: [{ code: SUB, field: 'electricity', agency: evn }],
      timeline: [
        {
          at: '2026-11-23T02:00:00.000Z',
          type: 'case:split',
          by: { kind: 'staff', name: 'Bảo' },
          from: null,
          to: SUB,
          reason: 'electricity',
          text: null,
          message: null,
        },
      ],
    }),
  })
  server.views.set(
    SUB,
    aView({
      code: SUB,
      text: 'Ngoài ra điện cúp hoài.',
      mainCase: { code: CODE, lead: { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' } },
    }),
  )
  await renderConsole(server, `/inbox/open/${CODE}`)
  await eventually(() => document.querySelector('q')?.textContent === 'Ngoài ra điện cúp hoài.')
  await press(OFFER)
  expect(server.sent.at(-1)?.body).toEqual({
    version: 5,
    start: PART.start,
    end: PART.end,
    fieldId: 'electricity',
  })
  const related = await eventually(() => byName('section', 'Vụ việc liên quan'))
  expect(related.textContent).toContain('phối hợp: Điện lực')
  expect(byName('section', 'Diễn biến')?.textContent).toContain('tách thành vụ việc')
  expect(byName('button', OFFER)).toBeNull()

  await press('Mở vụ việc 2611 048 281', 'a')
  const main = await eventually(() => byName('section', 'Vụ việc liên quan'))
  await eventually(() => main.textContent.includes('chủ trì: Trung tâm Hạ tầng kỹ thuật'))
})

test('nothing is offered where the text has one matter', async () => {
  const server = aCentre()
  server.views.set(CODE, aView({ text: TEXT, actions: ['correct', 'split'] }))
  await renderConsole(server, `/inbox/open/${CODE}`)
  await eventually(() => byName('section', 'Diễn biến'))
  expect(byName('button', OFFER)).toBeNull()
  expect(byName('section', 'Vụ việc liên quan')).toBeNull()
})
