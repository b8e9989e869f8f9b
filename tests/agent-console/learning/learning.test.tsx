import { expect, test } from 'vitest'
import type { DoubtfulExample, LearningOverview, ModelVersionView } from '#contracts/learning'
import { aSession } from '../support/builders.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  eventually,
  key,
  press,
  renderConsole,
  usePage,
} from '../support/render-console.tsx'

usePage()

const LIVE = 'aaaaaaa111111111'
const WORSE = 'bbbbbbb222222222'
const SHIPPED = 'ccccccc333333333'
const DOOR = 'GET /api/learning'
const DOUBTS = 'GET /api/learning/doubts'

function aVersion(changes: Partial<ModelVersionView>): ModelVersionView {
  return {
    version: LIVE,
    at: '2026-11-20T20:00:00.000Z',
    exampleCount: 1_240,
    isShipped: false,
    isLive: false,
    liveSince: null,
    comparison: null,
    ...changes,
  }
}

const VERSIONS: readonly ModelVersionView[] = [
  aVersion({
    version: WORSE,
    comparison: { count: 200, rightBefore: 180, rightAfter: 165, p: 0.02 },
  }),
  aVersion({
    isLive: true,
    liveSince: '2026-11-20T20:00:00.000Z',
    comparison: { count: 200, rightBefore: 172, rightAfter: 180, p: 0.2 },
  }),
  aVersion({ version: SHIPPED, isShipped: true, exampleCount: 0 }),
]

function aDoubt(changes: Partial<DoubtfulExample> = {}): DoubtfulExample {
  return {
    id: 'one',
    caseCode: '2611048273',
    text: 'Đèn hẻm 42 hỏng, gọi 09•• ••• 678',
    field: 'electricity',
    expected: 'urban',
    reason: 'one-against-all',
    explanation: 'Người này thường chọn khác mọi người.',
    by: 'bao',
    at: '2026-11-23T01:12:00.000Z',
    against: null,
    ...changes,
  }
}

const anOverview = (changes: Partial<LearningOverview> = {}) => ({
  status: 200,
  body: {
    version: LIVE,
    exampleCount: 1_302,
    doubtfulCount: 2,
    trainingStep: null,
    versions: [...VERSIONS],
    ...changes,
  } satisfies LearningOverview,
})

function anAdministrator(doubts: readonly DoubtfulExample[]): FakeServer {
  const server = aServer()
  server.session = aSession({ role: 'administrator', agency: null })
  server.answers.set(DOOR, anOverview({ doubtfulCount: doubts.length }))
  server.answers.set(DOUBTS, { status: 200, body: { examples: doubts } })
  server.answers.set('GET /api/staff', { status: 200, body: [{ id: 'bao', name: 'Quốc Bảo' }] })
  return server
}

const lineOf = (version: string) =>
  [...document.querySelectorAll('tr')].find((each) =>
    each.textContent.includes(version.slice(0, 7)),
  )

test('versions are compared with the ones before, and say why one is not used', async () => {
  await renderConsole(anAdministrator([]), '/learning')
  const live = await eventually(() => lineOf(LIVE))
  expect(live.textContent).toContain('Đang dùng')
  expect(live.textContent).toContain('172/200 (86%)')
  expect(live.textContent).toContain('180/200 (90%)')
  expect(live.querySelector('button')).toBeNull()
  expect(lineOf(WORSE)?.textContent).toContain('Kém bản đang dùng lúc đó 15 ví dụ')
  expect(lineOf(SHIPPED)?.textContent).toContain('Bản kèm phần mềm')
  await eventually(() => document.body.textContent.includes('Không có ví dụ nào đáng ngờ'))
})

test('another version is used only after a question', async () => {
  const server = anAdministrator([])
  const versions = VERSIONS.map((each) => ({ ...each, isLive: each.version === SHIPPED }))
  server.answers.set('PUT /api/learning/version', anOverview({ version: SHIPPED, versions }))
  await renderConsole(server, '/learning')
  await press('Dùng bản này: ccccccc')
  expect(server.sent).toEqual([])
  await eventually(() => document.body.textContent.includes('Dùng phiên bản ccccccc?'))
  await press('Dùng bản này')
  await eventually(() => lineOf(SHIPPED)?.textContent.includes('Đang dùng'))
  expect(server.sent.at(-1)?.body).toEqual({ version: SHIPPED })
})

test('a training is started once and followed until its end', async () => {
  const server = anAdministrator([])
  server.answers.set('POST /api/learning/training', () => {
    server.answers.set(DOOR, anOverview({ trainingStep: null }))
    return { ...anOverview({ trainingStep: 'beginning' }), status: 202 }
  })
  await renderConsole(server, '/learning')
  await eventually(() => lineOf(LIVE))
  await press('Huấn luyện lại')
  const told = () => document.querySelector('.page [role="status"]')?.textContent
  await eventually(() => told()?.includes('Đang huấn luyện'))
  expect((byName('button', 'Huấn luyện lại') as HTMLButtonElement).disabled).toBe(true)
  await eventually(() => told()?.includes('Đã huấn luyện xong'))
})

test('doubts show who chose what and what speaks against it, and are settled by keyboard', async () => {
  const other = { caseCode: '2611048299', text: 'Đèn hẻm 42 hỏng rồi', field: 'urban' }
  const server = anAdministrator([
    aDoubt(),
    aDoubt({ id: 'two', caseCode: '2611048281', by: 'gone', against: other }),
  ])
  const settled = (doubtfulCount: number) => () => anOverview({ doubtfulCount })
  server.answers.set('POST /api/learning/doubts/one', settled(1))
  server.answers.set('POST /api/learning/doubts/two', settled(0))
  await renderConsole(server, '/learning')
  const list = await eventually(() => byName('ol', 'Danh sách ví dụ đáng ngờ'))
  await eventually(() => list.textContent.includes('Quốc Bảo chọn'))
  expect(list.children[0]?.textContent).toContain('Mô hình cho làHạ tầng đô thị')
  expect(list.children[1]?.textContent).toContain('Một cán bộ không còn tài khoản')
  expect(list.children[1]?.textContent).toContain('Đèn hẻm 42 hỏng rồi')

  await key('x')
  expect(server.sent).toEqual([])
  await key('j')
  expect(document.activeElement).toBe(list.children[0])
  server.answers.set(DOUBTS, { status: 200, body: { examples: [aDoubt({ id: 'two' })] } })
  await key('a')
  expect(server.sent.at(-1)).toMatchObject({
    path: '/api/learning/doubts/one',
    body: { verdict: 'keep' },
  })
  await eventually(() => list.children.length === 1 && document.activeElement === list.children[0])
  server.answers.set(DOUBTS, { status: 200, body: { examples: [] } })
  await key('x')
  expect(server.sent.at(-1)).toMatchObject({
    path: '/api/learning/doubts/two',
    body: { verdict: 'drop' },
  })
  await eventually(() => document.body.textContent.includes('Không có ví dụ nào đáng ngờ'))
})

test('a doubt that a colleague settled meanwhile is told of and leaves the list', async () => {
  const server = anAdministrator([aDoubt()])
  server.answers.set('POST /api/learning/doubts/one', () => {
    server.answers.set(DOUBTS, { status: 200, body: { examples: [aDoubt({ id: 'two' })] } })
    return aProblem(404, 'not-found')
  })
  await renderConsole(server, '/learning')
  await press('Bỏ ví dụ của vụ việc 2611 048 273')
  await eventually(() => document.querySelector('section [role="alert"]'))
})

test('where learning cannot be read there is a way to try again', async () => {
  const server = anAdministrator([])
  server.answers.set(DOOR, aProblem(400, 'invalid'))
  await renderConsole(server, '/learning')
  await eventually(() => byName('button', 'Thử lại'))
  server.answers.set(DOOR, anOverview())
  await press('Thử lại')
  await eventually(() => lineOf(LIVE))
})

test('only administrators find the page', async () => {
  const server = anAdministrator([])
  server.session = aSession({ role: 'supervisor', agency: null })
  await renderConsole(server, '/learning')
  await eventually(() => document.body.textContent.includes('Không có trang này'))
  expect(document.querySelector('a[href="/learning"]')).toBeNull()
})
