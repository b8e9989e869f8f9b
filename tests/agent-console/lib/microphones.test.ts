import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMicrophones, type Microphones } from '../../../agent-console/lib/microphones.ts'

type Attached = NonNullable<Parameters<Microphones['attach']>[0]>

/** The library's audio: a change takes a while, and a second one meanwhile is a mistake. */
class SlowAudio extends EventEmitter {
  readonly availableInputDevices = new Map<string, MediaDeviceInfo>()
  inputDevice: MediaDeviceInfo | null = null
  readonly done: string[] = []
  isBusy = false
  overlaps = 0
  private readonly waiting: (() => void)[] = []

  constructor(ids: readonly string[]) {
    super()
    for (const id of ids) {
      const device = { deviceId: id, label: id, kind: 'audioinput' } as MediaDeviceInfo
      this.availableInputDevices.set(id, device)
    }
  }

  setInputDevice(id: string): Promise<void> {
    return this.change(`set ${id}`, this.availableInputDevices.get(id) ?? null)
  }

  unsetInputDevice(): Promise<void> {
    return this.change('unset', null)
  }

  /** Lets every change that was begun, and those that it let begin, come to its end. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => setTimeout(resolve))
      this.waiting.shift()?.()
    }
  }

  private async change(name: string, device: MediaDeviceInfo | null): Promise<void> {
    if (this.isBusy) this.overlaps += 1
    this.isBusy = true
    await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.isBusy = false
    this.done.push(name)
    if (name !== 'unset' && device === null) throw new Error('Device not found')
    this.inputDevice = device
  }
}

const become = vi.fn()
const attachTo = (audio: SlowAudio): Microphones => {
  const microphones = createMicrophones(become)
  microphones.attach(audio as unknown as Attached)
  return microphones
}

beforeEach(() => {
  become.mockReset()
  localStorage.clear()
  const getUserMedia = () => Promise.resolve({ getTracks: () => [] })
  for (const [name, value] of [
    ['mediaDevices', { getUserMedia }],
    ['permissions', { query: () => Promise.resolve({ onchange: null }) }],
  ] as const) {
    Object.defineProperty(navigator, name, { value, configurable: true })
  }
})

test('closing the panel while its microphone still opens closes it, one change after the other', async () => {
  const audio = new SlowAudio(['desk', 'headset'])
  const microphones = attachTo(audio)
  const stop = microphones.onLevel(() => undefined)
  await Promise.resolve()
  stop()
  await audio.finish()
  expect(audio.overlaps).toBe(0)
  expect(audio.inputDevice).toBeNull()
})

test('one that is chosen while another opens for its level is the one that stays', async () => {
  const audio = new SlowAudio(['desk', 'headset'])
  const microphones = attachTo(audio)
  const stop = microphones.onLevel(() => undefined)
  const chosen = microphones.choose('headset')
  stop()
  await audio.finish()
  await chosen
  expect(audio.overlaps).toBe(0)
  expect(audio.inputDevice?.deviceId).toBe('headset')
  expect(become).toHaveBeenLastCalledWith(expect.objectContaining({ microphoneId: 'headset' }))
})

test('a panel that is opened, closed and opened again hears its level', async () => {
  const audio = new SlowAudio(['desk'])
  const microphones = attachTo(audio)
  microphones.onLevel(() => undefined)()
  const stop = microphones.onLevel(() => undefined)
  await audio.finish()
  expect(audio.overlaps).toBe(0)
  expect(audio.inputDevice?.deviceId).toBe('desk')
  stop()
  await audio.finish()
  expect(audio.inputDevice).toBeNull()
})

test('a change that fails is no hindrance for the next', async () => {
  const audio = new SlowAudio(['desk'])
  const microphones = attachTo(audio)
  await audio.finish()
  const lost = microphones.choose('gone')
  const found = microphones.choose('desk')
  // The console hears of the refusal while the next change is under way.
  const refused = expect(lost).rejects.toThrow('not found')
  await audio.finish()
  await Promise.all([refused, found])
  expect(audio.overlaps).toBe(0)
  expect(audio.inputDevice?.deviceId).toBe('desk')
})

test('a device that is let go before its permission is known is left alone', async () => {
  localStorage.setItem('hoiam:microphone', 'headset')
  const audio = new SlowAudio(['desk', 'headset'])
  attachTo(audio).release()
  await audio.finish()
  expect(audio.done).toEqual([])
  expect(become).not.toHaveBeenCalled()
})
