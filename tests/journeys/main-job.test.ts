import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPage, launchBrowser } from '../support/browser.ts'
import { foreignSite } from '../support/foreign-site.ts'
import { startProcess, type ServerProcess } from '../support/server-process.ts'
import { PASSWORD, request, signIn } from '../support/test-server.ts'

const ADMIN = 'admin@journey.hoiam'
const WARD = 'ubnd-xa@26743'
const TEXT = 'den duong hem 42 Nguyen Trai bi hong ca tuan nay, toi om nguy hiem. Goi 0912 345 678'

let dataDir: string
let server: ServerProcess
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hoiam-journey-'))
  server = await startProcess({
    DATA_DIR: dataDir,
    ADMIN_EMAIL: ADMIN,
    ADMIN_PASSWORD: PASSWORD,
    RATE_LIMITS: 'off',
  })
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser.close()
  await server.end()
  await rm(dataDir, { recursive: true, force: true })
})

/** A colleague with an account, at a console of their own. */
async function atConsole(role: string, name: string, agencyId?: string): Promise<Page> {
  const email = `${role}-${String(contexts.length)}@journey.hoiam`
  const created = await request(server, 'POST', '/api/staff', {
    headers: await signIn(server, ADMIN, PASSWORD),
    body: {
      name,
      email,
      password: PASSWORD,
      role,
      ...(agencyId === undefined ? {} : { agencyId }),
    },
  })
  expect(created.status).toBe(201)
  const page = await aPage(browser, { width: 1440, height: 900, locale: 'vi-VN' })
  contexts.push(page.context())
  await page.goto(`${server.url}/console`)
  await page.getByRole('textbox', { name: 'Thư điện tử' }).fill(email)
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await live(page)
  return page
}

async function live(page: Page): Promise<void> {
  await page.locator('[data-testid=connection][data-state=live]').waitFor()
}

const rowOf = (page: Page, code: string) => page.locator(`[data-code="${code}"]`)

describe('a report from a phone to the agency and back', () => {
  test('is sent, seen live, corrected, answered, published, disputed, and survives a crash', async () => {
    const agent = await atConsole('agent', 'Nguyễn Thu Lan')
    const officer = await atConsole('officer', 'Võ Thành Trung', WARD)
    const approver = await atConsole('approver', 'Đặng Thị Hạnh', WARD)
    const power = await atConsole('officer', 'Bùi Văn Khoa', 'evn@79')

    // The citizen, on a phone, on the ward's own web site.
    const site = await foreignSite(server.url)
    const phone = await aPage(browser, { width: 360, height: 740, locale: 'vi-VN' })
    contexts.push(phone.context())
    await phone.goto(site.url)
    const { code, pin } = await reportFromPhone(phone)
    await site.close()

    // It is on both screens by itself, with what decided it.
    for (const page of [agent, officer]) await rowOf(page, code).waitFor()
    await rowOf(officer, code).click()
    const words = officer.getByRole('region', { name: 'Lời người dân' })
    await words.locator('mark').first().waitFor()
    expect(await words.innerText()).toContain('den duong')
    expect(await words.innerText()).not.toContain('0912 345 678')
    expect(await officer.getByRole('region', { name: 'Vì sao hệ thống chọn' }).innerText()).toMatch(
      /\d+\s?%/,
    )

    // The agent corrects the field by keyboard: it moves to the power company's inbox.
    await rowOf(agent, code).click()
    await correctByKeyboard(agent, 'Điện')
    await rowOf(power, code).waitFor()
    await rowOf(officer, code).waitFor({ state: 'detached' })
    // …and back, for it was a street light after all.
    await correctByKeyboard(agent, 'Hạ tầng')
    await rowOf(officer, code).waitFor()

    // The officer accepts and writes, the approver signs.
    await rowOf(officer, code).click()
    await officer.getByRole('button', { name: 'Tiếp nhận' }).click()
    const reply = officer.getByRole('textbox', { name: 'Trả lời người dân' })
    await reply.fill(
      'Chào bà Trần Thị Mai, ba bóng đèn đã được thay chiều 25/11. Đã gọi 0912 345 678 để báo.',
    )
    await officer.getByRole('button', { name: 'Trình duyệt' }).click()
    await rowOf(approver, code).click()
    await approver.getByRole('button', { name: 'Phê duyệt và công bố' }).click()

    // What the public reads names nobody.
    await expect
      .poll(async () => (await request(server, 'GET', `/api/answers/${code}`)).status)
      .toBe(200)
    await phone.goto(`${server.url}/answers`)
    await phone.getByText('ba bóng đèn đã được thay').first().waitFor()
    const shown = await phone.locator('body').innerText()
    expect(shown).not.toMatch(/0912 345 678|Trần Thị Mai/)

    // The citizen follows it, and is not content.
    await openStatus(phone, code, pin)
    await phone.getByRole('heading', { name: 'Các bước xử lý' }).waitFor()
    await phone.getByRole('button', { name: 'Chưa, mở lại' }).click()
    await phone.getByRole('textbox', { name: /lý do|chưa/i }).fill('Đèn vẫn tắt từ tối qua')
    await phone
      .getByRole('button', { name: /gửi|mở lại/i })
      .last()
      .click()
    await phone
      .getByText(/Mở lại, hạn mới/)
      .first()
      .waitFor()
    await rowOf(officer, code).waitFor()

    await crashAndCatchUp(agent)
  }, 180_000)
})

async function reportFromPhone(phone: Page): Promise<{ code: string; pin: string }> {
  await phone.getByRole('textbox', { name: 'Chuyện gì đang xảy ra?' }).fill(TEXT)
  const photo = await sharp({
    create: { width: 800, height: 600, channels: 3, background: '#123' },
  })
    .jpeg()
    .toBuffer()
  await phone
    .getByLabel('Thêm ảnh')
    .setInputFiles({ name: 'den.jpg', mimeType: 'image/jpeg', buffer: photo })
  await phone.getByRole('button', { name: 'Tiếp: ở đâu?' }).click()
  await phone.getByRole('combobox', { name: 'Phường, xã, đặc khu' }).fill('ben thanh')
  await phone
    .getByRole('option', { name: /Bến Thành/ })
    .first()
    .click()
  await phone.getByRole('textbox', { name: 'Địa chỉ, mô tả vị trí' }).fill('hẻm 42 Nguyễn Trãi')
  await phone.getByRole('button', { name: 'Tiếp: liên hệ' }).click()
  await phone.getByRole('textbox', { name: 'Họ tên' }).fill('Trần Thị Mai')
  await phone.getByRole('textbox', { name: 'Số điện thoại' }).fill('0912 345 678')
  await phone.getByRole('checkbox', { name: /^Cho phép liên hệ/ }).check()
  await phone.getByRole('checkbox', { name: /^Cho phép công bố/ }).check()
  await phone.getByRole('button', { name: 'Gửi phản ánh' }).click()
  await phone.getByRole('heading', { name: 'Đã nhận. Đây là mã của bạn' }).waitFor()
  const digits = async (id: string) => (await phone.getByTestId(id).innerText()).replace(/\D/g, '')
  const code = await digits('code')
  expect(code).toMatch(/^\d{10}$/)
  await phone.getByText('UBND Phường Bến Thành').first().waitFor()
  const overflow = await phone.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
  return { code, pin: await digits('pin') }
}

async function correctByKeyboard(agent: Page, field: string): Promise<void> {
  await agent.getByRole('region', { name: 'Vì sao hệ thống chọn' }).waitFor()
  await agent.keyboard.press('f')
  const dialog = agent.getByRole('dialog', { name: 'Sửa lĩnh vực' })
  await dialog.waitFor()
  await agent.keyboard.type(field)
  // The first Enter takes the field, the second sends.
  await agent.keyboard.press('Enter')
  await agent.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

async function openStatus(phone: Page, code: string, pin: string): Promise<void> {
  await phone.goto(`${server.url}/cases/${code}`)
  const codeBox = phone.getByRole('textbox', { name: 'Mã tra cứu' })
  if ((await codeBox.inputValue()) === '') await codeBox.fill(code)
  await phone.getByRole('textbox', { name: 'PIN' }).fill(pin)
  await phone.getByRole('button', { name: 'Xem kết quả' }).click()
}

/** SIGKILL in the middle of a burst: what was answered with 201 is there, once, and on the screen. */
async function crashAndCatchUp(agent: Page): Promise<void> {
  const burst = Array.from({ length: 40 }, (_, index) => {
    const key = `burst-key-${String(index).padStart(4, '0')}`
    const text = `Rác chất đống trước số ${String(index)} Lê Lợi đã ba ngày không ai thu gom`
    return { key, report: { text, place: { unitCode: '26743' } } }
  })
  const send = async ({ key, report }: (typeof burst)[number]) =>
    request(server, 'POST', '/api/reports', { body: report, headers: { 'Idempotency-Key': key } })
  const port = new URL(server.url).port
  const answers = burst.map(async (each) => send(each).catch(() => null))
  await Promise.race(answers)
  await server.end('SIGKILL')
  const before = await Promise.all(answers)

  server = await startProcess({
    DATA_DIR: dataDir,
    PORT: port,
    ADMIN_EMAIL: ADMIN,
    RATE_LIMITS: 'off',
  })
  const admin = await signIn(server, ADMIN, PASSWORD)
  for (const [index, each] of burst.entries()) {
    const again = await send(each)
    expect(again.status).toBe(201)
    const first = before[index]
    if (first?.status === 201) expect(again.body).toEqual(first.body)
  }
  const list = await request(server, 'GET', '/api/cases?view=all&limit=200', { headers: admin })
  const summaries = (list.body as { rows: { summary: string }[] }).rows.map(
    ({ summary }) => summary,
  )
  for (const { report } of burst) {
    expect(summaries.filter((summary) => summary === report.text)).toHaveLength(1)
  }
  await live(agent)
  const sample = (await send(burst[0] as (typeof burst)[number])).body as { code: string }
  await agent
    .getByRole('textbox', { name: 'Tìm vụ việc' })
    .or(agent.getByRole('searchbox', { name: 'Tìm vụ việc' }))
    .first()
    .fill(sample.code)
  await rowOf(agent, sample.code).waitFor()
}
