/** `off`: no telephone company is set up for browsers; calls ring without sound here. */
export type SoftphoneHealth = 'off' | 'connecting' | 'registered' | 'reconnecting'

/**
 * Why nobody here can be heard: not allowed, nothing plugged in, another program has it, or the page
 * came over plain http, where browsers give no microphone.
 */
export type MicrophoneTrouble = 'denied' | 'none' | 'busy' | 'insecure'

/** What to do with a line that rings at this browser. */
export type LineDecision = 'take' | 'ring' | 'refuse'

/** The softphone as it is now. */
export type SoftphoneState = {
  readonly health: SoftphoneHealth
  /** A line is open: somebody can be heard. */
  readonly hasLine: boolean
  readonly isMuted: boolean
  /** What was said to a call's line that is not here yet; it is done when the line rings. */
  readonly awaited: { readonly callId: string; readonly isTaken: boolean } | null
  readonly microphoneTrouble: MicrophoneTrouble | null
  /** The one in use was unplugged, and another is used instead; null: none was. */
  readonly lostMicrophone: string | null
  readonly microphones: readonly { readonly id: string; readonly label: string }[]
  readonly microphoneId: string | null
}

/** A telephone in this browser. Starts nothing until `start`; `stop` leaves nothing behind. */
export type Softphone = {
  readonly state: () => SoftphoneState
  readonly subscribe: (listener: () => void) => () => void
  readonly start: () => void
  readonly stop: () => void
  /** Answers or refuses the line of this call: the one that rings now, or else the next one. */
  readonly answer: (callId: string, isTaken: boolean) => void
  /** What was said to a line that never came is forgotten. */
  readonly forgetAnswer: () => void
  readonly mute: (isMuted: boolean) => void
  readonly sendDigits: (digits: string) => void
  readonly hangUp: () => void
  readonly chooseMicrophone: (id: string) => Promise<void>
  /** Hears the microphone's level, from 0 to 1, several times a second. */
  readonly onLevel: (listener: (level: number) => void) => () => void
}

/** Nothing is connected, nothing rings. */
export const RESTING: SoftphoneState = {
  health: 'off',
  hasLine: false,
  isMuted: false,
  awaited: null,
  microphoneTrouble: null,
  lostMicrophone: null,
  microphones: [],
  microphoneId: null,
}
