import { CommandError } from '../errors.ts'
import { decodeDocument, documentLength } from '../bson/decode.ts'
import { encodeDocument } from '../bson/encode.ts'
import type { Doc } from '../bson/values.ts'
import { crc32c } from './checksum.ts'

/** The largest message that is read. */
const maxMessageBytes = 48_000_000

/** Who has not logged in yet has only short things to say. */
const maxStrangersBytes = 16_384

const headerBytes = 16
const opReply = 1
const opQuery = 2004
const opMsg = 2013
const checksumPresent = 1
const moreToCome = 2
const exhaustAllowed = 1 << 16

/** A message from a client. */
export interface Message {
  readonly id: number
  readonly body: Doc
  readonly db: string | null
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>
  /** The client expects no reply. */
  readonly isSilent: boolean
  /** The client takes further replies without asking again. */
  readonly allowsExhaust: boolean
  readonly isLegacy: boolean
}

/** The length that a message declares, or null when its header is not complete; nonsense is refused. */
export function messageLength(bytes: Buffer, isTrusted: boolean): number | null {
  if (bytes.length < 4) return null
  const length = bytes.readInt32LE(0)
  const limit = isTrusted ? maxMessageBytes : maxStrangersBytes
  if (length < headerBytes + 5 || length > limit) {
    throw new CommandError('InvalidLength', `a message of ${String(length)} bytes is not valid`)
  }
  return length
}

/** Reads one whole message. */
export function parseMessage(bytes: Buffer): Message {
  const code = bytes.readInt32LE(12)
  if (code === opMsg) return parseOpMsg(bytes)
  if (code === opQuery) return parseOpQuery(bytes)
  throw new CommandError(352, `Unsupported OP_QUERY command or opcode ${String(code)}`)
}

function parseOpMsg(bytes: Buffer): Message {
  const flags = bytes.readUInt32LE(16)
  const end = flags & checksumPresent ? bytes.length - 4 : bytes.length
  if (flags & checksumPresent) verifyChecksum(bytes)
  if (flags & 0xfffc)
    throw new CommandError(
      'IllegalOperation',
      `Message contains illegal flags value: Ob${flags.toString(2)}`,
    )
  const sequences = new Map<string, Buffer[]>()
  let body: Doc | null = null
  let at = 20
  while (at < end) {
    const kind = bytes[at++]
    if (kind === 0) {
      if (body) throw new CommandError(40430, 'Multiple body sections in message')
      const length = documentLength(bytes, at, end)
      body = decodeDocument(bytes.subarray(at, at + length))
      at += length
    } else if (kind === 1) {
      at = parseSequence(bytes, at, end, sequences)
    } else {
      throw new CommandError(40432, `Unknown section kind ${String(kind)}`)
    }
  }
  if (!body) throw new CommandError(40587, 'OP_MSG messages must have a body')
  const db = body.get('$db')
  return {
    id: bytes.readInt32LE(4),
    body,
    db: typeof db === 'string' ? db : null,
    sequences,
    isSilent: (flags & moreToCome) !== 0,
    allowsExhaust: (flags & exhaustAllowed) !== 0,
    isLegacy: false,
  }
}

function parseSequence(
  bytes: Buffer,
  start: number,
  limit: number,
  sequences: Map<string, Buffer[]>,
): number {
  if (start + 4 > limit) throw new CommandError('InvalidBSON', 'a document sequence is cut short')
  const end = start + bytes.readInt32LE(start)
  const nameEnd = bytes.indexOf(0, start + 4)
  if (end > limit || end < start + 5 || nameEnd < 0 || nameEnd >= end) {
    throw new CommandError('InvalidBSON', 'a document sequence has a wrong length')
  }
  const documents: Buffer[] = []
  let at = nameEnd + 1
  while (at < end) {
    const length = documentLength(bytes, at, end)
    documents.push(bytes.subarray(at, at + length))
    at += length
  }
  sequences.set(bytes.toString('utf8', start + 4, nameEnd), documents)
  return end
}

function verifyChecksum(bytes: Buffer): void {
  const end = bytes.length - 4
  if (crc32c(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) {
    throw new CommandError(51_252, 'OP_MSG checksum does not match contents.')
  }
}

/** Old drivers, and new ones when they first say hello, ask by OP_QUERY. */
function parseOpQuery(bytes: Buffer): Message {
  const nameEnd = bytes.indexOf(0, 20)
  const at = nameEnd + 9
  if (nameEnd < 0 || at + 5 > bytes.length)
    throw new CommandError('InvalidBSON', 'a query message is cut short')
  const length = documentLength(bytes, at, bytes.length)
  const body = decodeDocument(bytes.subarray(at, at + length))
  const [db = ''] = bytes.toString('utf8', 20, nameEnd).split('.')
  return {
    id: bytes.readInt32LE(4),
    body,
    db,
    sequences: new Map(),
    isSilent: false,
    allowsExhaust: false,
    isLegacy: true,
  }
}

let nextId = 1

/** The reply to a message, ready to be sent. */
export function encodeReply(
  reply: Doc,
  message: Pick<Message, 'id' | 'isLegacy'>,
  more = false,
): Buffer {
  const prefix = message.isLegacy ? 36 : 21
  const bytes = encodeDocument(reply, prefix)
  bytes.writeInt32LE(bytes.length, 0)
  nextId = (nextId + 1) & 0x7fffffff
  bytes.writeInt32LE(nextId, 4)
  bytes.writeInt32LE(message.id, 8)
  bytes.fill(0, 12, prefix)
  if (message.isLegacy) {
    bytes.writeInt32LE(opReply, 12)
    bytes.writeInt32LE(8, 16)
    bytes.writeInt32LE(1, 32)
  } else {
    bytes.writeInt32LE(opMsg, 12)
    bytes.writeUInt32LE(more ? moreToCome : 0, 16)
  }
  return bytes
}

/** The id that the next reply in a stream answers: the one of the reply before it. */
export function lastReplyId(): number {
  return nextId
}
