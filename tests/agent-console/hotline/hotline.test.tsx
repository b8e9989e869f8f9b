import { describe, expect, test, vi } from 'vitest'
import type { HotlinePreview, HotlineSettings } from '#contracts/hotline'
import { aSession } from '../support/builders.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  during,
  eventually,
  key,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const DOOR = 'PUT /api/settings/hotline'

function aHotline(changes: Partial<HotlineSettings> = {}): HotlineSettings {
  return {
    texts: {},
    menu: [
      { key: '1', action: 'leave-report', words: { vi: ['phản ánh'], en: ['report'] } },
      { key: '3', action: 'agent', words: { vi: [], en: [] } },
    ],
    emergencyWords: ['cháy nhà'],
    hours: 'office',
    queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
    isTranscribed: false,
    outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 },
    recordings: { keepDays: 365 },
    ...changes,
  }
}

function aPreview(greeting = 'Xin chào quý vị.'): HotlinePreview {
  return {
    isOpen: false,
    spoken: [
      { name: 'greeting', lang: 'vi', text: greeting, product: 'Xin chào quý vị.' },
      { name: 'greeting', lang: 'en', text: 'Welcome.', product: 'Welcome.' },
      { name: 'menuAgent', lang: 'vi', text: 'Bấm phím 3.', product: 'Bấm phím {key}.' },
      { name: 'menuAgent', lang: 'en', text: 'Press 3.', product: 'Press {key}.' },
    ],
  }
}

/** A server that keeps what it is sent and says it back to callers. */
function aCentre(): FakeServer {
  const server = aServer()
  let hotline = aHotline()
  server.session = aSession({ role: 'administrator', agency: null })
  server.answers.set('GET /api/settings/hotline', () => ({ status: 200, body: hotline }))
  server.answers.set('GET /api/hotline/preview', () => ({
    status: 200,
    body: aPreview(hotline.texts.greeting?.vi),
  }))
  server.answers.set(DOOR, () => {
    hotline = server.sent.at(-1)?.body as HotlineSettings
    return { status: 200, body: hotline }
  })
  return server
}

const opened = () => eventually(() => byName('section', 'Phím bấm') ?? heading('Phím bấm'))
const heading = (text: string) =>
  [...document.querySelectorAll('h2')].find((each) => each.textContent === text)
const preview = () => document.querySelector('.hotline-preview')?.textContent ?? ''
const sentHotline = (server: FakeServer) => server.sent.at(-1)?.body as HotlineSettings

describe('sentences', () => {
  test('start as the product says them, and are heard as written once saved', async () => {
    const server = aCentre()
    await renderConsole(server, '/hotline')
    await opened()
    expect(preview()).toContain('Xin chào quý vị.')
    await press('Viết câu riêng cho: Lời chào')
    const box = byName('textarea', 'Lời chào, tiếng Việt') as HTMLTextAreaElement
    expect(box.value).toBe('Xin chào quý vị.')
    await type('Lời chào, tiếng Việt', 'Đây là tổng đài 1022.')
    expect(preview()).toContain('Đây là bản đã lưu.')
    await press('Lưu')
    await eventually(() => preview().includes('Đây là tổng đài 1022.'))
    expect(preview()).not.toContain('Đây là bản đã lưu.')
    expect(sentHotline(server)).toEqual(
      aHotline({ texts: { greeting: { vi: 'Đây là tổng đài 1022.', en: 'Welcome.' } } }),
    )

    await press('Về câu có sẵn cho: Lời chào')
    await press('Lưu')
    await eventually(() => server.sent.length === 2)
    expect(sentHotline(server).texts).toEqual({})
  })

  test('warn of a place that is lost and of one that nobody fills', async () => {
    await renderConsole(aCentre(), '/hotline')
    await opened()
    await press('Viết câu riêng cho: Phím gặp tổng đài viên')
    expect(document.querySelector('.hotline-warning')).toBeNull()
    await type('Phím gặp tổng đài viên, tiếng Việt', 'Xin bấm {phim}.')
    const warnings = [...document.querySelectorAll('.hotline-warning')].map((e) => e.textContent)
    expect(warnings).toEqual([
      'Thiếu {key}: người gọi sẽ không nghe phần này.',
      '{phim} không được thay; người gọi sẽ nghe nguyên chữ.',
    ])
  })
})

describe('the menu', () => {
  test('is added to, put in another order and shortened, with the keys alone', async () => {
    const server = aCentre()
    await renderConsole(server, '/hotline')
    await opened()
    await press('Thêm lựa chọn')
    expect((document.activeElement as HTMLSelectElement).value).toBe('2')
    await press('Đưa lựa chọn 3 lên trên')
    expect(document.activeElement).toBe(byName('button', 'Đưa lựa chọn 2 lên trên'))
    await press('Xóa lựa chọn 1')
    await press('Lưu')
    await eventually(() => server.sent.length === 1)
    expect(sentHotline(server).menu.map((entry) => entry.key)).toEqual(['2', '3'])
  })

  test('words are typed one after another', async () => {
    const server = aCentre()
    await renderConsole(server, '/hotline')
    await opened()
    await during(() => byName('input', 'Từ báo nguy hiểm')?.focus())
    await type('Từ báo nguy hiểm', 'cấp cứu')
    await key('Enter')
    expect(server.sent).toEqual([])
    await key('Enter', { ctrlKey: true })
    await eventually(() => server.sent.length === 1)
    expect(sentHotline(server).emergencyWords).toEqual(['cháy nhà', 'cấp cứu'])
  })

  test('a key that is used twice is told at once', async () => {
    await renderConsole(aCentre(), '/hotline')
    await opened()
    const keys = [...document.querySelectorAll<HTMLSelectElement>('select[data-does="key"]')]
    await during(() => {
      const [, second] = keys
      if (second) second.value = '1'
      second?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(document.body.textContent).toContain('Phím này đã dùng ở trên.')
  })
})

test('what the server refuses is said at its field, which gets the focus', async () => {
  const server = aCentre()
  const errors = [
    { pointer: '/queue/ringSeconds', reason: 'too-small', detail: 'Ít nhất là 5.' },
    { pointer: '/menu/0/words/vi/0', reason: 'too-long', detail: 'Từ quá dài.' },
  ]
  server.answers.set(DOOR, aProblem(400, 'invalid', { errors }))
  await renderConsole(server, '/hotline')
  await opened()
  await type('Đổ chuông mỗi người (giây)', '2')
  await press('Lưu')
  const ring = byName('input', 'Đổ chuông mỗi người (giây)')
  await eventually(() => ring?.getAttribute('aria-invalid') === 'true')
  const about = ring?.getAttribute('aria-describedby')?.split(' ') ?? []
  const said = about.map((id) => document.getElementById(id)?.textContent)
  expect(said).toContain('Ít nhất là 5.')
  expect(document.activeElement).toBe(byName('input', 'Từ tiếng Việt'))
  expect((ring as HTMLInputElement).value).toBe('2')
})

test('unsaved changes are not left behind without a question', async () => {
  await renderConsole(aCentre(), '/hotline')
  await opened()
  await type('Giữ bản ghi (ngày)', '30')
  await press('Tài khoản cán bộ', 'a')
  await press('Ở lại')
  expect((byName('input', 'Giữ bản ghi (ngày)') as HTMLInputElement).value).toBe('30')
  await press('Tài khoản cán bộ', 'a')
  await press('Rời trang, bỏ thay đổi')
  await eventually(() => document.querySelector('h1')?.textContent === 'Tài khoản cán bộ')
})

describe('reading aloud', () => {
  const voice = (lang: string) => ({ lang, name: lang }) as SpeechSynthesisVoice
  const spoken: string[] = []

  function aComputerWith(voices: readonly SpeechSynthesisVoice[]): void {
    spoken.length = 0
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => [...voices],
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      cancel: () => undefined,
      speak: (utterance: { text: string }) => spoken.push(utterance.text),
    })
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        readonly text: string
        constructor(text: string) {
          this.text = text
        }
      },
    )
  }

  test('is offered in the languages this computer has a voice for', async () => {
    aComputerWith([voice('vi-VN')])
    await renderConsole(aCentre(), '/hotline')
    await opened()
    expect(preview()).toContain('Máy này chưa có giọng đọc tiếng Anh.')
    expect(byName('button', 'Đọc to: Lời chào, tiếng Anh')).toBeNull()
    await press('Đọc to: Lời chào, tiếng Việt')
    expect(spoken).toEqual(['Xin chào quý vị.'])
    await press('Dừng đọc')
    await press('Đọc to tất cả, tiếng Việt')
    expect(spoken).toEqual(['Xin chào quý vị.', 'Xin chào quý vị.', 'Bấm phím 3.'])
  })
})

test('a supervisor does not change what callers hear', async () => {
  const server = aCentre()
  server.session = aSession({ role: 'supervisor', agency: null })
  await renderConsole(server, '/hotline')
  await eventually(() => document.body.textContent.includes('Không có trang này'))
})
