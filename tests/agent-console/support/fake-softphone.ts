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

/** A device that registers at once. */
export class FakeDevice extends EventEmitter {
  state = 'unregistered'
  readonly tokens: string[]
  readonly options: object
  isDestroyed = false
  registrations = 0
  readonly audio = null

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
