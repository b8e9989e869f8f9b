import { beforeEach, describe, expect, test, vi } from 'vitest'
import { aRingingCall, setTelephone, signInLan } from '../support/calls.ts'
import { aServer, type FakeServer } from '../support/fake-server.ts'
import { company } from '../support/fake-softphone.ts'
import { byName, during, eventually, renderConsole, usePage } from '../support/render-console.tsx'

// The company's library is outside: it stands for a network that tests do not have.
vi.mock('@twilio/voice-sdk', async () => {
  const { FakeDevice } = await import('../support/fake-softphone.ts')
  return { Device: FakeDevice, Call: { Codec: { Opus: 'opus', PCMU: 'pcmu' } } }
})

usePage()

const SETTINGS = /Âm thanh và micro/
const audio = () => company.devices.at(-1)?.audio
const alerts = () =>
  [...document.querySelectorAll('[role=alert]')].map(({ textContent }) => textContent).join(' ')

let server: FakeServer
let getUserMedia: ReturnType<typeof vi.fn<() => Promise<MediaStream>>>
let permission: { onchange: () => void }
beforeEach(() => {
  company.reset()
  server = aServer()
  signInLan(server)
  setTelephone(server, {})
  server.answers.set('POST /api/softphone/token', {
    status: 200,
    body: { token: 't', identity: 'lan', edge: null, expiresAt: '2999-01-01T00:00:00.000Z' },
  })
  getUserMedia = vi.fn(() => Promise.resolve({ getTracks: () => [] } as unknown as MediaStream))
  permission = { onchange: () => undefined }
  for (const [name, value] of [
    ['mediaDevices', { getUserMedia }],
    ['permissions', { query: () => Promise.resolve(permission) }],
  ] as const) {
    Object.defineProperty(navigator, name, { value, configurable: true })
  }
})

function refuseMicrophone(name: string): void {
  getUserMedia.mockRejectedValue(new DOMException('', name))
}

async function pressSettings(): Promise<void> {
  const button = await eventually(() =>
    [...document.querySelectorAll('button')].find((each) =>
      SETTINGS.test(each.getAttribute('aria-label') ?? ''),
    ),
  )
  await during(() => {
    button.click()
  })
}

async function openSettings(): Promise<HTMLSelectElement> {
  await pressSettings()
  return (await eventually(() => byName('select', 'Micro'))) as HTMLSelectElement
}

async function choose(select: HTMLSelectElement, value: string): Promise<void> {
  await during(() => {
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

const level = () => Number(byName('meter', 'Mức tiếng của micro')?.getAttribute('value'))

describe('the microphone', () => {
  test('is chosen, kept on this computer, and its level is seen before any call', async () => {
    await renderConsole(server)
    await eventually(() => audio())
    await during(() => audio()?.plug(['Built-in', 'Headset']))
    const select = await openSettings()
    expect([...select.options].map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Built-in', 'Headset']),
    )
    expect(audio()?.inputDevice?.label).toBe('Built-in')
    await during(() => audio()?.emit('inputVolume', 0.4))
    expect(level()).toBe(0.4)
    await choose(select, 'headset')
    expect(audio()?.inputDevice?.label).toBe('Headset')
    expect(localStorage.getItem('hoiam:microphone')).toBe('headset')
  })

  test('is closed again after its level was looked at, and was not chosen', async () => {
    await renderConsole(server)
    await eventually(() => audio())
    await during(() => audio()?.plug(['Built-in']))
    await openSettings()
    expect(audio()?.inputDevice).not.toBeNull()
    await pressSettings()
    await eventually(() => audio()?.inputDevice === null)
  })

  test('that is unplugged is told, and taken again once it is back', async () => {
    localStorage.setItem('hoiam:microphone', 'headset')
    await renderConsole(server)
    await eventually(() => audio())
    await during(() => audio()?.plug(['Built-in', 'Headset']))
    expect(audio()?.inputDevice?.label).toBe('Headset')
    await during(() => audio()?.plug(['Built-in']))
    expect(alerts()).toContain('Micro Headset đã bị rút ra')
    await during(() => audio()?.plug(['Built-in', 'Headset']))
    expect(alerts()).not.toContain('rút ra')
    expect(audio()?.inputDevice?.label).toBe('Headset')
  })

  test.each([
    ['NotAllowedError', 'vi', 'cho phép micro'],
    ['NotAllowedError', 'en', 'allow the microphone'],
    ['NotFoundError', 'vi', 'Cắm tai nghe'],
    ['NotFoundError', 'en', 'Plug your headset in'],
    ['NotReadableError', 'vi', 'Chương trình khác'],
    ['NotReadableError', 'en', 'Another program'],
  ])('%s: in %s it is told what to do', async (name, language, told) => {
    refuseMicrophone(name)
    localStorage.setItem('hoiam:language', language)
    await renderConsole(server)
    await eventually(() => alerts().includes(told))
  })

  test('that is allowed after all is used without anything else', async () => {
    refuseMicrophone('NotAllowedError')
    await renderConsole(server)
    await eventually(() => alerts().includes('cho phép micro'))
    getUserMedia.mockResolvedValue({ getTracks: () => [] } as unknown as MediaStream)
    await during(() => {
      permission.onchange()
    })
    expect(alerts()).not.toContain('cho phép micro')
  })
})

describe('the bell', () => {
  let notes: number
  beforeEach(() => {
    notes = 0
    const node = {
      connect: (next: object) => next,
      gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
    }
    class SilentContext {
      state = 'running'
      currentTime = 0
      destination = {}
      resume = () => Promise.resolve()
      createGain = () => node
      createOscillator = () => ({
        ...node,
        frequency: { value: 0 },
        start: () => (notes += 1),
        stop: () => undefined,
      })
    }
    vi.stubGlobal('AudioContext', SilentContext)
    setTelephone(server, { mine: aRingingCall() })
  })
  const anyKey = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }))

  test('rings once a call does, and not before', async () => {
    setTelephone(server, {})
    await renderConsole(server)
    await eventually(() => byName('section', 'Điện thoại'))
    await during(anyKey)
    expect(notes).toBe(0)
    setTelephone(server, { mine: aRingingCall() })
    await during(() => {
      const { id, state } = aRingingCall()
      server.tell('call:changed', { id, version: 2, state, endedAs: null, agentId: null })
    })
    await eventually(() => notes > 0)
  })

  test('is silenced, and stays so on this computer', async () => {
    localStorage.setItem('hoiam:ring-sound', 'off')
    await renderConsole(server)
    await eventually(() => byName('section', 'Điện thoại'))
    await during(anyKey)
    await eventually(() => byName('section', 'Cuộc gọi đến'))
    expect(notes).toBe(0)
  })
})
