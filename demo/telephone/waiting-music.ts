import type { Verb } from './twiml.ts'
import { type Fields, pause } from './webhooks.ts'

/** What a caller hears in the company's queue. */
export type WaitingMusic = {
  /** Resolves when the plan of the wait itself ends it. */
  readonly left: Promise<'leave'>
  press(digits: string): void
  stop(): void
}

type Playing = {
  readonly planAt: (url: string, fields?: Fields) => Promise<readonly Verb[]>
  readonly heard: string[]
  /** How long the music plays before its plan is asked for again. */
  readonly musicMs: number
}

/** Carries the plan of the wait out again and again until it is stopped or says `Leave`. */
export function playMusic(waitUrl: string, { planAt, heard, musicMs }: Playing): WaitingMusic {
  const enqueuedAt = Date.now()
  let isOn = true
  let press: (digits: string) => void = () => undefined

  async function play(): Promise<'leave'> {
    while (isOn) {
      const QueueTime = String(Math.round((Date.now() - enqueuedAt) / 1_000))
      const waiting = { QueueTime, QueuePosition: '1', CurrentQueueSize: '1' }
      let plan: readonly Verb[] | null = await planAt(waitUrl, waiting)
      while (plan !== null) {
        const done: readonly Verb[] | 'leave' | null = await playOnce(plan)
        if (done === 'leave') return 'leave'
        plan = done
      }
      await pause(musicMs)
    }
    // Stopped from outside: nobody waits for the answer any more.
    return new Promise(() => undefined)
  }

  async function playOnce(plan: readonly Verb[]): Promise<readonly Verb[] | 'leave' | null> {
    for (const verb of plan) {
      if (!isOn) return null
      if (verb.name === 'Leave') return 'leave'
      if (verb.name === 'Redirect') return planAt(verb.text)
      if (verb.name === 'Say') heard.push(verb.text)
      if (verb.name !== 'Gather') continue
      heard.push(...verb.children.filter(({ name }) => name === 'Say').map(({ text }) => text))
      const digits = await Promise.race([pressed(), pause(musicMs).then(() => null)])
      if (digits !== null) return planAt(verb.attributes['action'] ?? '', { Digits: digits })
    }
    return null
  }

  async function pressed(): Promise<string> {
    return new Promise((resolve) => {
      press = resolve
    })
  }

  const left = play()
  // Who stopped the music does not wait for how it ended.
  left.catch(() => undefined)
  return {
    left,
    press: (digits) => {
      press(digits)
    },
    stop: () => {
      isOn = false
    },
  }
}
