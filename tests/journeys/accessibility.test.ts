import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordCallEvents } from '#use-cases/record-call'
import { act } from '../support/answered-case.ts'
import { seriousFaults } from '../support/axe.ts'
import { aPage, launchBrowser } from '../support/browser.ts'
import {
  PASSWORD,
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
let server: TestServer
let browser: Browser
let receipt: { code: string; pin: string }
let officer: { headers: Record<string, string>; email: string }

beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  officer = await signInAs(server, 'officer', WARD)
  const approver = await signInAs(server, 'approver', WARD)
  receipt = await sendReport(server)
  await sendReport(server, { text: 'Cây phượng trước cổng trường sắp đổ, rất nguy hiểm' })
  await act(server, receipt.code, 'accept', officer.headers)
  await act(server, receipt.code, 'submit', officer.headers, {
    text: 'Đã thay bóng đèn ngày 25/11.',
  })
  await act(server, receipt.code, 'approve', approver.headers)
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.end()
})

const CITIZEN_PAGES: [what: string, path: string][] = [
  ['the portal', '/'],
  ['the published answers', '/answers'],
  ['the performance of agencies', '/performance'],
]

for (const [language, lang] of [
  ['Vietnamese', 'vi'],
  ['English', 'en'],
] as const) {
  test.each(CITIZEN_PAGES)(
    `%s in ${language} has nothing serious for axe to find`,
    async (_, path) => {
      const page = await aPage(browser)
      await page.emulateMedia({ colorScheme: lang === 'en' ? 'dark' : 'light' })
      await page.goto(`${server.url}${path}?lang=${lang}`, { waitUntil: 'networkidle' })
      expect(await page.locator('html').getAttribute('lang')).toBe(lang)
      expect(await seriousFaults(page)).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
      await page.context().close()
    },
  )
}

test('every step of reporting and the status page have nothing serious for axe to find', async () => {
  const page = await aPage(browser)
  await page.goto(server.url)
  await page
    .getByRole('textbox', { name: 'Chuyện gì đang xảy ra?' })
    .fill('den duong hem 42 Nguyen Trai bi hong, toi om')
  await page.getByText('Hạ tầng').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Tiếp: ở đâu?' }).click()
  await page.getByRole('combobox', { name: 'Phường, xã, đặc khu' }).fill('ben thanh')
  await page.getByRole('option').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Tiếp: liên hệ' }).click()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click()
  await page.getByRole('heading', { name: 'Đã nhận. Đây là mã của bạn' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.goto(`${server.url}/cases/${receipt.code}`)
  await page.getByRole('textbox', { name: 'PIN' }).fill(receipt.pin)
  await page.getByRole('button', { name: 'Xem kết quả' }).click()
  await page.getByRole('heading', { name: 'Các bước xử lý' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.context().close()
}, 60_000)

test.each(['light', 'dark'] as const)(
  'the console in %s has nothing serious for axe to find, signed out and on a case',
  async (colorScheme) => {
    const page = await aPage(browser, { width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme })
    await page.goto(`${server.url}/console`)
    await page.getByRole('textbox', { name: 'Thư điện tử' }).fill(officer.email)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.locator('[data-code]').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.locator('[data-code]').first().click()
    await page.getByRole('region', { name: 'Lời người dân' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  },
  60_000,
)

/** Somebody called and left again, and an agent is there: the pages have something to show. */
async function aDayAtTheTelephone(): Promise<void> {
  const call = {
    provider: 'twilio',
    callRef: 'CA1',
    legRef: 'CA1',
    seq: null,
    at: new Date(),
    direction: 'inbound',
    from: '+84912345678',
    to: '+842471022022',
    cause: null,
    recording: null,
  } as const
  const ended = { ...call, type: 'ended', cause: 'completed' } as const
  await recordCallEvents([{ ...call, type: 'answered' }, ended], server.ports)
  const { headers } = await signInAs(server, 'agent', undefined, 'Nguyễn Thu Lan')
  await request(server, 'PUT', '/api/agents/me', { headers, body: { state: 'available' } })
}

const CENTRE_PAGES = [
  'calls',
  'calls/twilio%3ACA1',
  'call-backs',
  'agents',
  'wallboard',
  'hotline',
  'staff',
  'learning',
]

test('the pages of the call centre and its settings have nothing serious for axe to find', async () => {
  await aDayAtTheTelephone()
  const page = await aPage(browser, { width: 1280, height: 900 })
  await page.goto(`${server.url}/console`)
  await page.getByRole('textbox', { name: 'Thư điện tử' }).fill('admin@test.hoiam')
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.locator('[data-testid=connection]').waitFor()
  const faults: Record<string, string[]> = {}
  for (const [language, colorScheme] of [
    ['vi', 'light'],
    ['en', 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate((lang) => localStorage.setItem('hoiam:language', lang), language)
    for (const path of CENTRE_PAGES) {
      await page.goto(`${server.url}/console/${path}`, { waitUntil: 'networkidle' })
      await page.locator('main h1').waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      const found = await seriousFaults(page)
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      if (isTooWide) found.push('wider than the screen')
      if (found.length > 0) faults[`${path} ${language}`] = found
    }
  }
  expect(faults).toEqual({})
  await page.context().close()
}, 240_000)
