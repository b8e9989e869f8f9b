import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../support/answered-case.ts'
import { aPage, launchBrowser } from '../support/browser.ts'
import {
  PASSWORD,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
let server: TestServer
let browser: Browser
let axe: string
let receipt: { code: string; pin: string }
let officer: { headers: Record<string, string>; email: string }

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
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

/** What axe finds serious or critical on the page as it stands. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } }
    return runner.run()
  })
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

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
