import type { Language } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import type { Delivery } from '#domain/message'

/** A text message that arrived, kept before anything is made of it. */
export type ReceivedMessage = {
  /** The provider's name for it: the same at every delivery. */
  readonly id: string
  readonly from: string
  readonly text: string
  readonly mediaCount: number
  /** What the provider has already answered by itself; null where it left the answer to us. */
  readonly answeredOrder: 'stop' | 'start' | 'help' | null
  readonly at: Date
}

/** Why a message goes out. */
export const MESSAGE_PURPOSES = ['receipt', 'answered', 'staff', 'status'] as const
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number]

/** A message on its way to a citizen. */
export type OutgoingMessage = Delivery & {
  readonly id: string
  readonly to: string
  readonly text: string
  readonly purpose: MessagePurpose
  /** The case on whose record it stands; null where it is on none. */
  readonly caseCode: string | null
  readonly providerRef: string | null
  readonly attempts: number
  /** When it is tried next; null once the provider has it, or nobody tries any more. */
  readonly nextAttemptAt: Date | null
  readonly createdAt: Date
}

/** Messages received and to be sent. Every method may refuse with `unavailable` or `storage-full`. */
export type MessageLog = {
  /** Keeps a received message durably; one that is there already stays. */
  addReceived(message: ReceivedMessage): Promise<void>
  /** True once everything was made of it that there is to make. */
  isFiled(id: string): Promise<boolean>
  markFiled(id: string): Promise<void>
  /** Kept before `before`, but not yet filed; oldest first. */
  findUnfiled(before: Date, limit: number): Promise<readonly ReceivedMessage[]>

  /** Keeps a message to be sent durably; false where there was one of this id already. */
  add(message: OutgoingMessage): Promise<boolean>
  find(id: string): Promise<OutgoingMessage | null>
  findByRef(providerRef: string): Promise<OutgoingMessage | null>
  findDue(at: Date, limit: number): Promise<readonly OutgoingMessage[]>
  /** Writes `next` over `known`; false where another got there first, or has this provider's name. */
  replace(known: OutgoingMessage, next: OutgoingMessage): Promise<boolean>
  /** Messages whose record on the case is behind; at most `limit`. */
  findUnreported(limit: number): Promise<readonly OutgoingMessage[]>
  /** The case says what `message` says; one that moved on meanwhile stays unreported. */
  markReported(message: OutgoingMessage): Promise<void>
  countSince(to: string, purpose: MessagePurpose, since: Date): Promise<number>

  /** The citizen wants no messages any more (or again); the latest wish counts. */
  setOptOut(phone: string, isOut: boolean, at: Date): Promise<void>
  isOptedOut(phone: string): Promise<boolean>
}

/** A telephone company that takes text messages. */
export type MessageSender = {
  /**
   * Hands a message over; answers the provider's name for it. Throws `MessageRefused` where trying
   * again is no use, anything else where it may help.
   */
  send(message: Pick<OutgoingMessage, 'id' | 'to' | 'text'>): Promise<string>
  /** The provider's names of messages of this text to this number since a time, the latest first. */
  findSent(message: Pick<OutgoingMessage, 'to' | 'text' | 'createdAt'>): Promise<readonly string[]>
}

/** The provider will never take this message; `code` says why. */
export class MessageRefused extends Error {
  readonly code: string
  /** The number told the provider, not us, that it wants no messages. */
  readonly isOptOut: boolean

  constructor(code: string, isOptOut: boolean) {
    super(`message refused: ${code}`)
    this.name = 'MessageRefused'
    this.code = code
    this.isOptOut = isOptOut
  }
}

/** The sentences of automatic messages. */
export type MessageWording = {
  receipt(opened: Case): string
  answered(published: Case): string
  status(current: Case): string
  /** For a code that is none, or another number's. */
  unknownCode(lang: Language): string
  /** How to ask for a status, where no code was given. */
  statusUsage(lang: Language): string
}

/** All of text messages; `sender` is null where no telephone company sends them for us. */
export type Messages = {
  readonly log: MessageLog
  readonly sender: MessageSender | null
  readonly wording: MessageWording
}
