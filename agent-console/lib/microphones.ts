import type { Device } from '@twilio/voice-sdk'
import type { MicrophoneTrouble, SoftphoneState } from './softphone-state.ts'
import { readStored, writeStored } from './storage.ts'

const MICROPHONE_KEY = 'hoiam:microphone'

type Audio = NonNullable<Device['audio']>
type MicrophoneState = Pick<
  SoftphoneState,
  'microphoneTrouble' | 'microphones' | 'microphoneId' | 'lostMicrophone'
>

/** The microphones of this computer, as the softphone uses them. */
export type Microphones = {
  /** From now on those of this device's audio; asks whether they may be used. */
  readonly attach: (audio: Audio | null) => void
  readonly release: () => void
  /** Where there was trouble: it may be over. */
  readonly lookAgain: () => void
  readonly choose: (id: string) => Promise<void>
  /** Hears the level, from 0 to 1. A microphone is open while somebody listens. */
  readonly onLevel: (listener: (level: number) => void) => () => void
}

/** Keeps `become` told of what microphones there are, and what hinders them. */
export function createMicrophones(become: (change: Partial<MicrophoneState>) => void): Microphones {
  let audio: Audio | null = null
  let trouble: MicrophoneTrouble | null = null
  /** Opened to see its level, not to be talked into. */
  let isOpenForLevel = false
  const levelListeners = new Set<(level: number) => void>()
  let lastTurn: Promise<unknown> = Promise.resolve()

  /** The library minds two changes at once: one is opened while the other closes it. */
  async function inTurn(change: () => Promise<unknown> | undefined): Promise<void> {
    const turn = lastTurn.then(change)
    lastTurn = turn.catch(() => undefined)
    await turn
  }

  /** Asks before the first call, so that answering one does not wait for it. */
  async function find(): Promise<void> {
    const mine = audio
    trouble = await troubleNow()
    if (audio !== mine) return
    become({ microphoneTrouble: trouble })
    if (trouble !== null) return
    await takeWanted()
    if (audio === mine) show()
    if (levelListeners.size > 0) await openForLevel()
  }

  /** One that was unplugged gives way to the computer's usual one until it is back. */
  async function takeWanted(): Promise<void> {
    const wanted = readStored(MICROPHONE_KEY)
    if (wanted === null || audio === null || audio.inputDevice?.deviceId === wanted) return
    try {
      await inTurn(() => audio?.setInputDevice(wanted))
      become({ lostMicrophone: null })
    } catch {
      // The usual one is as good as any that is there.
    }
  }

  function show(): void {
    const found = [...(audio?.availableInputDevices.values() ?? [])]
    become({
      microphones: found.map(({ deviceId, label }) => ({ id: deviceId, label })),
      microphoneId: audio?.inputDevice?.deviceId ?? null,
    })
  }

  function devicesChanged(lost: readonly MediaDeviceInfo[]): void {
    const gone = lost.find(({ kind }) => kind === 'audioinput')
    if (gone) become({ lostMicrophone: gone.label })
    show()
    void find()
  }

  function lookAgain(): void {
    if (audio !== null && trouble !== null) void find()
  }

  async function openForLevel(): Promise<void> {
    if (audio === null || audio.inputDevice !== null) return
    const [first] = audio.availableInputDevices.keys()
    if (first === undefined) return
    isOpenForLevel = true
    await inTurn(() => (isOpenForLevel ? audio?.setInputDevice(first) : undefined)).catch(
      () => undefined,
    )
  }

  function closeAfterLevel(): void {
    if (!isOpenForLevel) return
    isOpenForLevel = false
    // In a talk it stays open: it is the one that is talked into.
    void inTurn(() => audio?.unsetInputDevice()).then(show, () => undefined)
  }

  return {
    attach: (next) => {
      audio = next
      isOpenForLevel = false
      next?.on('deviceChange', (lost: readonly MediaDeviceInfo[] = []) => {
        if (audio === next) devicesChanged(lost)
      })
      next?.on('inputVolume', (level: number) => {
        for (const listener of levelListeners) listener(level)
      })
      void find()
      void watchPermission(lookAgain)
    },
    release: () => {
      audio = null
    },
    lookAgain,
    choose: async (id) => {
      if (audio === null) return
      // Chosen from now on: closing the panel must not close it.
      isOpenForLevel = false
      await inTurn(() => audio?.setInputDevice(id))
      writeStored(MICROPHONE_KEY, id)
      become({ lostMicrophone: null })
      show()
    },
    onLevel: (listener) => {
      levelListeners.add(listener)
      if (trouble === null) void openForLevel()
      return () => {
        levelListeners.delete(listener)
        if (levelListeners.size === 0) closeAfterLevel()
      }
    },
  }
}

/** Not every browser can say when a permission changes; coming back to the page says it too. */
async function watchPermission(onChange: () => void): Promise<void> {
  const permission = await navigator.permissions.query({ name: 'microphone' }).catch(() => null)
  if (permission !== null) permission.onchange = onChange
}

async function troubleNow(): Promise<MicrophoneTrouble | null> {
  if (!('mediaDevices' in navigator)) return 'insecure'
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    return null
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'NotFoundError') return 'none'
    return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'denied'
  }
}
