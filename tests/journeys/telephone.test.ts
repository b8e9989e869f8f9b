import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Conference } from '../../demo/telephone/conference.ts'
import type { Line } from '../../demo/telephone/line.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { isSoundHeard } from '../support/browser-caller.ts'
import { browserSoftphones, FAKE_MEDIA } from '../support/browser-softphones.ts'
import { type SimulatedCentre, startSimulatedCentre } from '../support/simulated-centre.ts'
import { aDesk, type Desk } from '../support/telephone-desk.ts'
import { A_REPORT, sendReport } from '../support/test-server.ts'

const LAN = 'Nguyễn Thu Lan'
const BAO = 'Trần Quốc Bảo'
const INCOMING = 'Cuộc gọi đến'
const WRAP_UP = 'Hoàn tất cuộc gọi'

const softphones = browserSoftphones()
let centre: SimulatedCentre
let browser: Browser
let lan: Desk
let bao: Desk
let lead: Desk
let lines: Line[] = []

beforeAll(async () => {
  centre = await startSimulatedCentre({ softphones })
  browser = await launchBrowser(FAKE_MEDIA)
  const at = { browser, softphones }
  lan = await aDesk(centre, at, { name: LAN })
  bao = await aDesk(centre, at, { name: BAO })
  lead = await aDesk(centre, at, { name: 'Phạm Thị Thu', role: 'supervisor' })
}, 120_000)
beforeEach(async () => lan.becomeAvailable())
afterEach(async () => {
  for (const line of lines) if (line.status() === 'in-progress') line.hangUp()
  lines = []
  await lan.goOffline()
  await bao.goOffline()
})
afterAll(async () => {
  await browser.close()
  await centre.end()
})

/** A citizen calls the hotline and asks for an agent. */
async function callFrom(number: string): Promise<Line> {
  const line = centre.company.call(number)
  lines.push(line)
  await line.settled()
  line.press('3')
  return line
}

/** The call rings at a desk, and is taken by keyboard. */
async function takenAt(desk: Desk, number: string): Promise<void> {
  await desk.card(INCOMING).getByRole('heading', { name: number }).waitFor()
  await desk.card(INCOMING).getByRole('button', { name: 'Nghe máy' }).waitFor()
  await desk.keys('p p')
  await expect.poll(() => softphones.lineOf(desk.identity), { timeout: 15_000 }).not.toBeNull()
  await desk.page.getByText('Đang nói chuyện').waitFor()
}

async function wrappedUp(desk: Desk, outcome: RegExp): Promise<void> {
  await desk.card(WRAP_UP).getByRole('button', { name: outcome }).click()
  await desk.page.keyboard.press('Control+Enter')
  await desk.card(WRAP_UP).waitFor({ state: 'hidden' })
}

function conferenceOf(line: Line): Conference {
  const conference = centre.company.conferenceOf(line.callSid)
  if (conference === null) throw new Error('nobody talks')
  return conference
}

const lineOf = (desk: Desk) => softphones.lineOf(desk.identity) ?? ''

test('a call becomes a case: it rings, is talked, held, muted and wrapped up', async () => {
  const known = await sendReport(centre.server)
  const earlier = await callFrom('+84912345678')
  earlier.hangUp()

  // The screen-pop: who calls, what they have open, that they called before.
  const line = await callFrom('+84912345678')
  const card = lan.card(INCOMING)
  await card.getByRole('heading', { name: '0912 345 678' }).waitFor()
  const openCases = card.getByRole('region', { name: 'Vụ việc đang mở của người gọi' })
  expect((await openCases.innerText()).replace(/\D/g, '')).toContain(known.code)
  const before = card.getByRole('region', { name: 'Cuộc gọi gần đây' })
  expect(await before.getByRole('link').count()).toBeGreaterThan(0)
  await takenAt(lan, '0912 345 678')
  const conference = conferenceOf(line)
  expect(conference.participants().toSorted()).toEqual([line.callSid, lineOf(lan)].toSorted())
  await expect.poll(() => isSoundHeard(lan.page, lineOf(lan)), { timeout: 30_000 }).toBe(true)

  // What is said is read at once, without numbers, and understood.
  line.speak(`${A_REPORT.text}, số của tôi là 0912 345 678`)
  const transcript = card.getByRole('log', { name: 'Lời thoại' })
  await transcript.getByText('den duong hem 42').waitFor()
  expect(await transcript.innerText()).not.toContain('345 678')
  const suggestion = card.getByRole('status', { name: 'Hệ thống hiểu là' })
  await suggestion.getByRole('button', { name: /Hạ tầng/ }).waitFor()

  await lan.keys('p m')
  await lan.page.getByText('Micro đang tắt').waitFor()
  await expect.poll(() => isSoundHeard(lan.page, lineOf(lan)), { timeout: 15_000 }).toBe(false)
  await lan.keys('p m')
  await lan.page.getByText('Micro đang tắt').waitFor({ state: 'hidden' })
  await expect.poll(() => isSoundHeard(lan.page, lineOf(lan)), { timeout: 15_000 }).toBe(true)

  await lan.keys('p h')
  await card.getByText('Đang giữ máy').waitFor()
  expect(conference.isHeld(line.callSid)).toBe(true)
  await lan.keys('p h')
  await card.getByText('Đang nói chuyện').waitFor()
  expect(conference.isHeld(line.callSid)).toBe(false)

  await lan.keys('p q')
  await card.getByRole('group', { name: 'Bàn phím số' }).waitFor()
  await lan.keys('5 #')
  await expect.poll(() => softphones.digitsOf(lineOf(lan))).toBe('5#')

  expect(await seriousFaults(lan.page)).toEqual([])

  // The case of this call, and the inbox has it.
  await card.getByRole('textbox', { name: 'Nơi xảy ra' }).fill('hẻm 42 Nguyễn Trãi, Bến Thành')
  await card.getByRole('button', { name: 'Ghi vụ việc' }).click()
  const opened = card.getByRole('status').filter({ hasText: 'Đã ghi vụ việc' })
  const code = (await opened.getByRole('link').innerText()).replace(/\D/g, '')
  expect(code).toMatch(/^\d{10}$/)
  await lan.page.locator(`[data-code="${code}"]`).waitFor()

  // The caller leaves: what came of it is told, and the next may call.
  line.hangUp()
  const wrapUp = lan.card(WRAP_UP)
  await wrapUp.getByRole('button', { name: /Đã ghi vụ việc/, pressed: true }).waitFor()
  const box = wrapUp.getByRole('textbox', { name: 'Mã vụ việc liên quan' })
  expect((await box.inputValue()).replace(/\s/g, '')).toBe(code)
  expect(await seriousFaults(lan.page)).toEqual([])
  await wrappedUp(lan, /Đã ghi vụ việc/)
  await lan.page.getByRole('button', { name: 'Sẵn sàng', pressed: true }).waitFor()
  expect(softphones.lineOf(lan.identity)).toBeNull()
}, 120_000)

test('a call goes to a colleague after a word between them, and back at once', async () => {
  const line = await callFrom('+84912000111')
  await takenAt(lan, '0912 000 111')
  await bao.becomeAvailable()
  const conference = conferenceOf(line)

  await lan.keys('p c')
  const transfer = lan.page.getByRole('form', { name: 'Chuyển máy' })
  await transfer.getByRole('combobox', { name: 'Tổng đài viên' }).selectOption(BAO)
  await transfer.getByRole('button', { name: 'Chuyển', exact: true }).click()
  await bao.page.getByText(`${LAN} mời bạn vào cuộc gọi`).waitFor()
  expect(conference.isHeld(line.callSid)).toBe(true)
  await bao.keys('p p')
  await expect.poll(() => conference.participants().length, { timeout: 15_000 }).toBe(3)
  expect(conference.isHeardBy(lineOf(lan))).toEqual([lineOf(bao)])
  await lan.page.getByRole('button', { name: 'Giao cuộc gọi' }).click()
  await bao.page.getByText('Đang nói chuyện').waitFor()
  await expect
    .poll(() => conference.participants().toSorted(), { timeout: 15_000 })
    .toEqual([line.callSid, lineOf(bao)].toSorted())
  expect(conference.isHeardBy(line.callSid)).toEqual([lineOf(bao)])

  // And back, without a word.
  await lan.page.getByRole('button', { name: 'Sẵn sàng', pressed: true }).waitFor()
  await bao.keys('p c')
  const back = bao.page.getByRole('form', { name: 'Chuyển máy' })
  await back.getByRole('combobox', { name: 'Tổng đài viên' }).selectOption(LAN)
  await back.getByText('Chuyển ngay').click()
  await back.getByRole('button', { name: 'Chuyển', exact: true }).click()
  await takenAt(lan, '0912 000 111')
  expect(conferenceOf(line).participants().toSorted()).toEqual(
    [line.callSid, lineOf(lan)].toSorted(),
  )
  await lan.keys('p u')
  await wrappedUp(lan, /Đã cung cấp thông tin/)
  expect(line.status()).toBe('completed')
}, 120_000)

test('a break chosen in a talk begins after the wrap-up, whatever happens to the browser', async () => {
  const line = await callFrom('+84912000666')
  await takenAt(lan, '0912 000 666')
  await lan.keys('p v')
  const bar = lan.page.getByRole('region', { name: 'Điện thoại' })
  await bar.getByText('Tạm vắng sau cuộc gọi này').waitFor()
  // On a telephone too: the call's card covers no button of the bar.
  await lan.page.setViewportSize({ width: 360, height: 740 })
  await bar.getByRole('button', { name: 'Bỏ' }).click()
  await bar.getByText('Tạm vắng sau cuộc gọi này').waitFor({ state: 'hidden' })
  await bar.getByRole('button', { name: 'Tạm vắng' }).click()
  await bar.getByText('Tạm vắng sau cuộc gọi này').waitFor()
  await lan.page.setViewportSize({ width: 1280, height: 860 })
  await lead.page.goto(`${centre.server.url}/console/agents`)
  await lead.page.getByRole('row', { name: LAN }).getByText('Tạm vắng sau cuộc gọi này').waitFor()
  expect(await seriousFaults(lan.page)).toEqual([])

  // Nor does the case that is being written.
  const address = lan.page.getByRole('textbox', { name: 'Nơi xảy ra' })
  await address.fill('hẻm 42 Nguyễn Trãi')
  line.hangUp()
  await lan.card(WRAP_UP).waitFor()
  expect(await address.evaluate((box) => box === document.activeElement)).toBe(true)
  const note = lan.page.getByRole('textbox', { name: 'Ghi chú' })
  await note.fill('Hẹn gọi lại chiều nay')
  await lan.page.reload()
  await lan.card(WRAP_UP).waitFor()
  expect(await address.inputValue()).toBe('hẻm 42 Nguyễn Trãi')
  expect(await note.inputValue()).toBe('Hẹn gọi lại chiều nay')
  await lan.page.getByRole('textbox', { name: 'Nội dung phản ánh' }).fill(A_REPORT.text)
  await lan.page.getByRole('button', { name: 'Ghi vụ việc', exact: true }).click()
  const pin = lan.page.getByText('Mã PIN đọc cho người dân')
  const told = await pin.innerText()
  await lan.page.reload()
  expect(await pin.innerText()).toBe(told)
  await bar.getByText('Tạm vắng sau cuộc gọi này').waitFor()
  await wrappedUp(lan, /Đã ghi vụ việc/)
  await bar.getByRole('button', { name: 'Tạm vắng', pressed: true }).waitFor()
  const next = await callFrom('+84912000777')
  await bar.getByText('1 người đang đợi').waitFor()
  expect(next.waitsFor()).toBe('queue')
  await lan.keys('p s')
  await takenAt(lan, '0912 000 777')
  next.hangUp()
  await wrappedUp(lan, /Đã cung cấp thông tin/)
}, 120_000)

test('a supervisor listens, coaches and joins, and is heard by nobody, one, all', async () => {
  const line = await callFrom('+84912000444')
  await takenAt(lan, '0912 000 444')
  await lead.page.goto(`${centre.server.url}/console/agents`)
  const heard = [
    [`Nghe cuộc gọi của ${LAN}`, 'không ai nghe thấy bạn', []],
    [`Nhắc riêng ${LAN}`, `Chỉ ${LAN} nghe thấy bạn`, [lineOf(lan)]],
    [`Tham gia cuộc gọi của ${LAN}`, 'cả hai bên nghe thấy bạn', [line.callSid, lineOf(lan)]],
  ] as const
  for (const [button, told, by] of heard) {
    await lead.page.getByRole('button', { name: button }).click()
    await lead.page.getByText(told).waitFor()
    await expect.poll(() => conferenceOf(line).participants().length, { timeout: 15_000 }).toBe(3)
    expect(conferenceOf(line).isHeardBy(lineOf(lead)).toSorted()).toEqual([...by].toSorted())
    expect(conferenceOf(line).isHeardBy(line.callSid)).toContain(lineOf(lead))
    await lead.page.getByRole('button', { name: 'Rời cuộc gọi' }).click()
    await expect.poll(() => conferenceOf(line).participants().length, { timeout: 15_000 }).toBe(2)
  }
  await lan.page.getByText('Đang nói chuyện').waitFor()
  line.hangUp()
  await wrappedUp(lan, /Đã cung cấp thông tin/)
}, 120_000)

test('a line that the network lost is won again, and rings; the microphone is chosen and seen', async () => {
  const before = softphones.registrationsOf(lan.identity)
  await softphones.cut(lan.identity)
  await expect
    .poll(() => softphones.registrationsOf(lan.identity), { timeout: 30_000 })
    .toBeGreaterThan(before)
  await lan.page.locator('[data-testid=softphone][data-health=registered]').waitFor()

  await lan.page.getByRole('button', { name: /Âm thanh và micro/ }).click()
  const choice = lan.page.getByRole('combobox', { name: 'Micro' })
  const names = await choice.getByRole('option').allInnerTexts()
  const wanted = names.find((name) => /Fake Audio Input 2/.test(name)) ?? ''
  await choice.selectOption(wanted)
  const level = lan.page.getByRole('meter', { name: 'Mức tiếng của micro' })
  await expect
    .poll(() => level.evaluate((meter) => (meter as HTMLMeterElement).value), { timeout: 15_000 })
    .toBeGreaterThan(0)
  await lan.page.keyboard.press('Escape')
  // It stays chosen once nobody looks at its level any more.
  await lan.page.getByRole('button', { name: /Âm thanh và micro/ }).click()
  expect(await choice.locator('option:checked').innerText()).toBe(wanted)
  await lan.page.keyboard.press('Escape')

  const line = await callFrom('+84912000555')
  await takenAt(lan, '0912 000 555')
  await expect.poll(() => conferenceOf(line).participants().length, { timeout: 15_000 }).toBe(2)
  line.hangUp()
  await wrappedUp(lan, /Đã cung cấp thông tin/)
}, 120_000)

// The last one: afterwards nobody sits at Lan's desk.
test('whose agent loses the browser hears music, and is first in line at the next agent', async () => {
  const lost = await callFrom('+84912000222')
  await takenAt(lan, '0912 000 222')
  const other = await callFrom('+84912000333')
  await bao.page.getByText('1 người đang đợi').waitFor()

  await lan.page.close()
  await expect.poll(() => lost.heard.join(' '), { timeout: 15_000 }).toMatch(/bị ngắt/)
  await expect.poll(() => lost.waitsFor()).toBe('queue')
  await bao.page.getByText('2 người đang đợi').waitFor()
  await bao.keys('p s')
  await takenAt(bao, '0912 000 222')
  await expect.poll(() => conferenceOf(lost).participants().length, { timeout: 15_000 }).toBe(2)
  lost.hangUp()
  await wrappedUp(bao, /Đã cung cấp thông tin/)
  // Then the one who waited all the while.
  await takenAt(bao, '0912 000 333')
  other.hangUp()
  await wrappedUp(bao, /Đã cung cấp thông tin/)
}, 120_000)
