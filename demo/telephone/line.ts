import type { Conference, LeaveReason } from './conference.ts'
import { parseTwiml, type Verb } from './twiml.ts'
import { playMusic, type WaitingMusic } from './waiting-music.ts'
import { type Fields, pause, type WebhookSender } from './webhooks.ts'

/** What a caller's line is made of. */
export type LineOptions = {
  readonly callSid: string
  readonly accountSid: string
  readonly from: string
  readonly to: string
  readonly direction: 'inbound' | 'outbound-api'
  readonly webhooks: WebhookSender
  readonly conferenceNamed: (name: string) => Conference
  readonly newSid: (prefix: string) => string
  /** Where the end of the call is told. */
  readonly statusUrl: string | null
  /** How long the waiting music plays before its plan is asked for again. */
  readonly musicMs: number
}

/** A message as it is spoken: how long, and whether a key or hanging up ends it. */
export type Message = { readonly seconds: number; readonly endedBy: '#' | 'hangup' }

type Status = 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'canceled' | 'failed'
type Waiting = 'nothing' | 'keys' | 'message' | 'queue' | 'conference'
type Input =
  | { readonly Digits: string }
  | { readonly SpeechResult: string; readonly Confidence: string }
  | null

/** A caller's line: it does what TwiML says, and what its caller does. */
export type Line = {
  readonly callSid: string
  readonly from: string
  /** Every sentence heard so far. */
  readonly heard: readonly string[]
  readonly status: () => Status
  /** What the line waits for now. */
  readonly waitsFor: () => Waiting
  /** Begins with the TwiML of an address. */
  start(url: string): void
  /** Goes on with the TwiML of another address, whatever it was doing. */
  redirect(url: string): void
  press(digits: string): void
  speak(text: string): void
  stayQuiet(): void
  leaveMessage(message: Message): void
  /** The caller hangs up, unless it is said that the product had it done. */
  hangUp(cause?: Status, why?: LeaveReason): void
  /** Resolves when the line waits for the caller, or is over. */
  settled(): Promise<void>
}

/** Words are heard at once, but their end is told for when a voice would have said them. */
const CHARACTERS_A_SECOND = 15

class Interrupted extends Error {}

/** A line that begins to ring. */
export function openLine(options: LineOptions): Line {
  const { callSid, webhooks, conferenceNamed, newSid } = options
  const heard: string[] = []
  let status: Status = 'ringing'
  let waiting: Waiting = 'nothing'
  let transcript: { url: string; seq: number } | null = null
  let queueAction: string | null = null
  let recordVerb: Verb | null = null
  let inConference: Conference | null = null
  /** How long the words take that nothing interrupted so far. */
  let spokenSeconds = 0
  let interrupt: (reason: Interrupted) => void = () => undefined
  let enter: (input: never) => void = () => undefined
  let running: Promise<void> = Promise.resolve()
  const startedAt = Date.now()

  const common = (): Record<string, string> => ({
    CallSid: callSid,
    AccountSid: options.accountSid,
    From: options.from,
    To: options.to,
    Caller: options.from,
    Called: options.to,
    ApiVersion: '2010-04-01',
    Direction: options.direction,
    CallStatus: status,
  })

  async function waitFor<T>(what: Waiting): Promise<T> {
    waiting = what
    spokenSeconds = 0
    try {
      return await new Promise<T>((resolve, reject) => {
        enter = resolve
        interrupt = reject
      })
    } finally {
      waiting = 'nothing'
    }
  }

  async function planAt(url: string, fields: Fields = {}): Promise<readonly Verb[]> {
    const xml = await webhooks.ask(url, { ...common(), ...fields })
    return xml === null ? [] : parseTwiml(xml)
  }

  /** Carries a plan out; true where the call goes on elsewhere, false where the plan ran out. */
  async function carryOut(plan: readonly Verb[]): Promise<boolean> {
    for (const verb of plan) {
      const next = await carryOutOne(verb)
      if (next !== null) return carryOut(next)
      if (status !== 'in-progress') return true
    }
    return false
  }

  /** What to go on with instead of the rest of the plan; null: the rest. */
  async function carryOutOne(verb: Verb): Promise<readonly Verb[] | null> {
    const { action = '', statusCallback } = verb.attributes
    switch (verb.name) {
      case 'Say':
        heard.push(verb.text)
        spokenSeconds += verb.text.length / CHARACTERS_A_SECOND
        return null
      case 'Play':
      case 'Pause':
        return null
      case 'Gather': {
        heard.push(...verb.children.filter(({ name }) => name === 'Say').map(({ text }) => text))
        const input = await waitFor<Input>('keys')
        return input === null ? null : planAt(action, input)
      }
      case 'Record':
        return recordMessage(verb)
      case 'Start': {
        const [transcription] = verb.children
        const url = transcription?.attributes['statusCallbackUrl']
        if (url !== undefined) transcript = { url, seq: 0 }
        return null
      }
      case 'Stop':
        transcript = null
        return null
      case 'Enqueue':
        return waitInQueue(verb)
      case 'Dial': {
        const [room] = verb.children
        if (room?.name !== 'Conference') throw new Error('only conferences are played')
        const conference = conferenceNamed(room.text)
        inConference = conference
        const url = room.attributes['statusCallback'] ?? statusCallback ?? null
        conference.join({
          callSid,
          label: null,
          statusUrl: url,
          leave: () => enter(undefined as never),
        })
        await waitFor<undefined>('conference')
        inConference = null
        conference.left(callSid)
        return action === '' ? null : planAt(action, { DialCallStatus: 'answered' })
      }
      case 'Redirect':
        return planAt(verb.text)
      case 'Hangup':
        end('completed', undefined, spokenSeconds)
        return []
      default:
        throw new Error(`not played: ${verb.name}`)
    }
  }

  async function recordMessage(verb: Verb): Promise<readonly Verb[] | null> {
    recordVerb = verb
    const message = await waitFor<Message | null>('message')
    recordVerb = null
    if (message === null) return null
    const told = tellRecording(verb, message)
    return planAt(verb.attributes['action'] ?? '', { ...told, Digits: message.endedBy })
  }

  function tellRecording(verb: Verb, message: Message): Record<string, string> {
    const RecordingSid = newSid('RE')
    const told = {
      RecordingSid,
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${options.accountSid}/Recordings/${RecordingSid}`,
      RecordingDuration: String(message.seconds),
    }
    const { recordingStatusCallback: url } = verb.attributes
    if (url !== undefined) {
      webhooks.tell(url, {
        ...told,
        AccountSid: options.accountSid,
        CallSid: callSid,
        RecordingChannels: '1',
        RecordingSource: 'RecordVerb',
        RecordingStatus: 'completed',
      })
    }
    return told
  }

  async function waitInQueue(verb: Verb): Promise<readonly Verb[] | null> {
    const { action = '', waitUrl = '' } = verb.attributes
    queueAction = action
    const enqueuedAt = Date.now()
    const redirected = waitFor<never>('queue')
    const playing = playMusic(waitUrl, { planAt, heard, musicMs: options.musicMs })
    music = playing
    try {
      const result = await Promise.race([redirected, playing.left])
      const seconds = String(Math.round((Date.now() - enqueuedAt) / 1_000))
      queueAction = null
      return await planAt(action, { QueueResult: result, QueueTime: seconds })
    } finally {
      playing.stop()
    }
  }

  let music: WaitingMusic | null = null

  function go(url: string, fields: Fields = {}): void {
    running = (async () => {
      try {
        const isElsewhere = await carryOut(await planAt(url, fields))
        if (!isElsewhere) end('completed')
      } catch (error) {
        // The product did not answer, or not with what can be carried out: the line is dead.
        if (!(error instanceof Interrupted)) end('failed')
      }
    })()
  }

  function end(cause: Status, why?: LeaveReason, secondsLater = 0): void {
    if (status !== 'ringing' && status !== 'in-progress') return
    status = cause
    music?.stop()
    const conference = inConference
    inConference = null
    conference?.left(callSid, why)
    if (options.statusUrl === null) return
    const ended = {
      ...common(),
      CallDuration: String(Math.round((Date.now() - startedAt) / 1_000 + secondsLater)),
      SequenceNumber: '0',
      CallbackSource: 'call-progress-events',
    }
    webhooks.tell(options.statusUrl, ended, secondsLater)
  }

  const enterWhile = (what: Waiting, input: unknown): void => {
    if (waiting !== what) throw new Error(`the line waits for ${waiting}, not for ${what}`)
    // At once: whoever waits for the line to settle must not find it still waiting for this.
    waiting = 'nothing'
    enter(input as never)
  }

  return {
    callSid,
    from: options.from,
    heard,
    status: () => status,
    waitsFor: () => waiting,
    start(url) {
      go(url)
      status = 'in-progress'
    },
    redirect(url) {
      const action = queueAction
      queueAction = null
      music?.stop()
      const conference = inConference
      inConference = null
      interrupt(new Interrupted())
      conference?.left(callSid, 'participant_updated_via_api')
      // For a redirected caller the queue's action is told at once, and its answer is not used.
      if (action !== null)
        webhooks.tell(action, { ...common(), QueueResult: 'redirected', QueueTime: '1' })
      go(url)
    },
    press(digits) {
      if (waiting === 'queue') music?.press(digits)
      else enterWhile('keys', { Digits: digits })
    },
    speak(text) {
      if (transcript !== null) {
        transcript.seq += 1
        webhooks.tell(transcript.url, {
          AccountSid: options.accountSid,
          CallSid: callSid,
          TranscriptionSid: `GT${callSid.slice(2)}`,
          TranscriptionEvent: 'transcription-content',
          LanguageCode: 'vi-VN',
          Track: 'inbound_track',
          Final: 'true',
          SequenceId: String(transcript.seq),
          TranscriptionData: JSON.stringify({ transcript: text, confidence: 0.9 }),
        })
      }
      if (waiting === 'keys') enterWhile('keys', { SpeechResult: text, Confidence: '0.9' })
    },
    stayQuiet() {
      if (waiting === 'message') enterWhile('message', null)
      else enterWhile('keys', null)
    },
    leaveMessage(message) {
      if (message.endedBy === '#') {
        enterWhile('message', message)
        return
      }
      const verb = recordVerb
      if (verb === null) throw new Error(`the line waits for ${waiting}, not for a message`)
      interrupt(new Interrupted())
      end('completed')
      const told = tellRecording(verb, message)
      webhooks.tell(verb.attributes['action'] ?? '', { ...common(), ...told, Digits: 'hangup' })
    },
    hangUp(cause = 'completed', why) {
      const action = queueAction
      queueAction = null
      interrupt(new Interrupted())
      end(cause, why)
      if (action !== null)
        webhooks.tell(action, { ...common(), QueueResult: 'hangup', QueueTime: '1' })
    },
    async settled() {
      while (waiting === 'nothing' && (status === 'ringing' || status === 'in-progress')) {
        await Promise.race([running, pause(5)])
        await pause(1)
      }
    },
  }
}
