import type { CaseRow } from './cases.ts'
import type { Wallboard } from './telephony.ts'
import type { CaseEventName, ErrorCode } from './vocabulary.ts'

/** What a console is told when a case changed. No personal data: the row is redacted. */
export type CaseChanged = {
  readonly name: CaseEventName
  readonly code: string
  readonly version: number
  readonly at: string
  readonly row: CaseRow
}

/** Somebody else who has the same case open. */
export type Presence = {
  readonly code: string
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly activity: 'viewing' | 'writing'
  }[]
}

/** Every acknowledgement: it worked, or a stable code says why not. */
export type Ack = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode }

/** Server → console. `case:changed` names every case event in one channel, so no list is kept twice. */
export type ServerEvents = {
  'case:changed': (changed: CaseChanged) => void
  'case:presence': (presence: Presence) => void
  /** The call centre as it is now, whole, for supervisors. */
  'wallboard:changed': (wallboard: Wallboard) => void
  /** The session ended or lost its role: the console signs out. */
  'session:ended': () => void
}

/** Console → server; each is acknowledged. */
export type ClientEvents = {
  /** Join the rooms of the caller's role and agency; take the snapshot over HTTP after the acknowledgement. */
  'inbox:join': (ack: (answer: Ack) => void) => void
  'case:watch': (
    watch: { readonly code: string; readonly activity: 'viewing' | 'writing' },
    ack: (answer: Ack) => void,
  ) => void
  'case:unwatch': (watch: { readonly code: string }, ack: (answer: Ack) => void) => void
}
