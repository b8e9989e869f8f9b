import { EventEmitter } from 'node:events'

/** The telephone company's library as the console meets it: devices made, and lines into them. */
export const company = {
  devices: [] as FakeDevice[],
  reset(): void {
    company.devices = []
  },
}

/** A line that rings at a device. */
export class FakeLine extends EventEmitter {
  readonly customParameters: Map<string, string>
  readonly done: string[] = []

  constructor(callId: string) {
    super()
    this.customParameters = new Map([['callId', callId]])
  }

  accept(): void {
    this.done.push('accept')
  }

  reject(): void {
    this.done.push('reject')
    this.emit('reject')
  }

  disconnect(): void {
    this.done.push('disconnect')
    this.emit('disconnect')
  }

  mute(isMuted: boolean): void {
    this.done.push(isMuted ? 'mute' : 'unmute')
    this.emit('mute', isMuted)
  }

  sendDigits(digits: string): void {
    this.done.push(`digits ${digits}`)
  }
}

/** The computer's microphones as the library tells of them. */
class FakeAudio extends EventEmitter {
  readonly availableInputDevices = new Map<string, MediaDeviceInfo>()
  inputDevice: MediaDeviceInfo | null = null

  /** These are plugged in; the library takes the first where the one in use is gone. */
  plug(labels: readonly string[]): void {
    const lost = this.inputDevice
    this.availableInputDevices.clear()
    for (const label of labels) {
      const id = label.toLowerCase().replace(/\W+/g, '-')
      this.availableInputDevices.set(id, {
        deviceId: id,
        label,
        kind: 'audioinput',
      } as MediaDeviceInfo)
    }
    const isLost = lost !== null && !this.availableInputDevices.has(lost.deviceId)
    if (isLost) [this.inputDevice = null] = this.availableInputDevices.values()
    this.emit('deviceChange', isLost ? [lost] : [])
  }

  setInputDevice(id: string): Promise<void> {
    const device = this.availableInputDevices.get(id)
    if (device === undefined) return Promise.reject(new Error(`Device not found: ${id}`))
    this.inputDevice = device
    return Promise.resolve()
  }

  unsetInputDevice(): Promise<void> {
    this.inputDevice = null
    return Promise.resolve()
  }

  incoming(): void {
    // The console rings by itself.
  }

  outgoing(): void {
    // Neither.
  }

  disconnect(): void {
    // Nor that.
  }
}

/** A device that registers at once. */
export class FakeDevice extends EventEmitter {
  state = 'unregistered'
  readonly tokens: string[]
  readonly options: object
  isDestroyed = false
  registrations = 0
  readonly audio = new FakeAudio()
  /** The network is away: the library throws where a token is changed. */
  isOffline = false

  constructor(token: string, options: object) {
    super()
    this.tokens = [token]
    this.options = options
    company.devices.push(this)
  }

  register(): Promise<void> {
    this.registrations += 1
    this.state = 'registered'
    this.emit('registered')
    return Promise.resolve()
  }

  updateToken(token: string): void {
    if (this.isOffline) throw new Error('TransportError')
    this.tokens.push(token)
  }

  loseRegistration(): void {
    this.state = 'unregistered'
    this.emit('unregistered')
  }

  ring(callId: string): FakeLine {
    const line = new FakeLine(callId)
    this.emit('incoming', line)
    return line
  }

  destroy(): void {
    this.isDestroyed = true
    this.state = 'destroyed'
  }
}
