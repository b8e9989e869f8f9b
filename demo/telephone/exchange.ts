import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PushFields, pushSender, type PushOptions } from './pushes.ts'

/** How the simulated exchange is set up. */
type ExchangeOptions = PushOptions & {
  /** Its number at the telephone network, as it writes it: digits without a plus. */
  readonly number: string
  /** The bearer token without which it gives no recording; left out: it gives them to anyone. */
  readonly recordingsToken?: string
}

/** A telephone exchange for tests and the demo: it pushes what Zammad's integrations push, and more. */
export type Exchange = {
  /** Where it keeps recordings; `CTI_RECORDINGS_BASE`. */
  readonly recordingsUrl: string
  /** A citizen calls; `from` in digits without a plus, or `anonymous`. */
  call(from: string): ExchangeCall
  /** Everything pushed has arrived. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** A call as it goes at the exchange; every step is pushed. */
export type ExchangeCall = {
  readonly callId: string
  readonly from: string
  /** What the product answered to the call's beginning. */
  readonly told: Promise<unknown>
  /** Rings at extensions, all at once. */
  ring(...extensions: string[]): void
  answer(extension: string): void
  /** The exchange's machine takes it, and keeps what was said. */
  leaveMessage(seconds: number): void
  hangUp(cause?: string): void
}

/** Starts the server of its recordings on loopback; calls need the product to be there. */
export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const pushes = pushSender(options)
  const server = createServer((request, response) => {
    const { recordingsToken } = options
    const isAllowed =
      recordingsToken === undefined || request.headers.authorization === `Bearer ${recordingsToken}`
    const isThere = request.url?.startsWith('/records/') === true
    if (isAllowed && isThere) {
      response.writeHead(200, { 'content-type': 'audio/x-wav' }).end(SILENCE)
    } else response.writeHead(isThere ? 401 : 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const recordingsUrl = `http://127.0.0.1:${String(port)}/records/`

  return {
    recordingsUrl,
    call: (from) => openCall({ from, to: options.number, recordingsUrl }, pushes),
    settled: async () => pushes.settled(),
    async close() {
      await pushes.settled()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Ends = { readonly from: string; readonly to: string; readonly recordingsUrl: string }

function openCall(
  { from, to, recordingsUrl }: Ends,
  pushes: ReturnType<typeof pushSender>,
): ExchangeCall {
  const callId = randomUUID()
  const recordingfile = `${recordingsUrl}${callId}.wav`
  const startedAt = Date.now()
  let answeredAt: number | null = null
  let answeringNumber: string | null = null
  let messageSeconds: number | null = null
  const tell = (event: string, fields: PushFields): void => {
    pushes.tell({ event, callId, from, to, direction: 'in', ...fields })
  }

  function record(): PushFields {
    const endedAt = Date.now()
    const billsec = messageSeconds ?? seconds(endedAt - (answeredAt ?? endedAt))
    const status =
      messageSeconds === null ? (answeredAt === null ? 'NO ANSWER' : 'ANSWERED') : 'VOICEMAIL'
    return {
      status,
      billsec: String(billsec),
      holdtime: String(seconds((answeredAt ?? endedAt) - startedAt)),
      ...(answeringNumber !== null && { answeringNumber }),
      ...(status !== 'NO ANSWER' && { recordingfile }),
    }
  }

  return {
    callId,
    from,
    told: pushes.ask({ event: 'newCall', callId, from, to, direction: 'in', user: ['Tổng đài'] }),
    ring: (...extensions) => {
      tell('ringing', { user: extensions })
    },
    answer: (extension) => {
      answeredAt = Date.now()
      answeringNumber = extension
      tell('answer', { answeringNumber, user: [extension] })
    },
    leaveMessage: (said) => {
      messageSeconds = said
      answeringNumber = 'voicemail'
      tell('answer', { answeringNumber, user: ['voicemail'] })
    },
    hangUp: (cause = 'normalClearing') => {
      const told = record()
      tell('hangup', { cause, ...(answeringNumber !== null && { answeringNumber }) })
      // A machine's message is told with the record of the call, which says that it is one.
      if (answeredAt !== null) tell('recording', { recordingfile, billsec: told['billsec'] ?? '' })
      tell('calldata', told)
    },
  }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1_000)
}

/** Half a second of nothing, as a WAV of 8-bit samples. */
const SILENCE = wavOf(Buffer.alloc(4_000, 0x80))

function wavOf(samples: Buffer): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8_000, 24)
  header.writeUInt32LE(8_000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
