import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPage, launchBrowser } from '../support/browser.ts'
import { foreignSite } from '../support/foreign-site.ts'
import { freePort, type ServerProcess, startProcess } from '../support/server-process.ts'
import { PASSWORD, request, signIn } from '../support/test-server.ts'

const ADMIN = 'admin@outage.hoiam'
let dataDir: string
let environment: Record<string, string>
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hoiam-outage-'))
  environment = {
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    ADMIN_EMAIL: ADMIN,
    ADMIN_PASSWORD: PASSWORD,
  }
  server = await startProcess(environment)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.end()
  await rm(dataDir, { recursive: true, force: true })
})

test('a report written while the server is gone is kept, sent again by itself, and makes one case', async () => {
  const site = await foreignSite(server.url)
  const phone = await aPage(browser)
  await phone.goto(site.url)
  const words = phone.getByRole('textbox', { name: 'Chuyện gì đang xảy ra?' })
  await words.fill('Rác chất đống trước cổng trường Lê Quý Đôn đã bốn ngày không ai thu gom')
  await phone.getByRole('button', { name: 'Tiếp: ở đâu?' }).click()
  await phone.getByRole('combobox', { name: 'Phường, xã, đặc khu' }).fill('ben thanh')
  await phone
    .getByRole('option', { name: /Bến Thành/ })
    .first()
    .click()
  await phone.getByRole('button', { name: 'Tiếp: liên hệ' }).click()

  await server.end('SIGKILL')
  await phone.getByRole('button', { name: 'Gửi phản ánh' }).click()
  // Said aloud, nothing lost: the words are still there after the page is loaded again.
  await phone.getByRole('button', { name: /thử lại|gửi lại/i }).waitFor()
  server = await startProcess(environment)
  await phone.getByRole('heading', { name: 'Đã nhận. Đây là mã của bạn' }).waitFor()

  const headers = await signIn(server, ADMIN, PASSWORD)
  const list = await request(server, 'GET', '/api/cases?view=all&q=rac+chat+dong', { headers })
  expect((list.body as { rows: unknown[] }).rows).toHaveLength(1)
  await phone.context().close()
  await site.close()
}, 120_000)

test('a half-written report survives closing the page', async () => {
  const phone = await aPage(browser)
  await phone.goto(server.url)
  const words = () => phone.getByRole('textbox', { name: 'Chuyện gì đang xảy ra?' })
  await words().fill('Nắp cống trước số 5 Lê Lợi bị vỡ')
  await phone.waitForTimeout(800)
  await phone.reload()
  await expect.poll(async () => words().inputValue()).toBe('Nắp cống trước số 5 Lê Lợi bị vỡ')
  await phone.context().close()
})
