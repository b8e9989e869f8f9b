import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { httpSpeechToText } from '#telephony/speech-to-text'
import { recordCallEvents } from '#use-cases/record-call'
import { transcribeMessages } from '#use-cases/transcribe-messages'
import type { Ports } from '#use-cases/ports'
import type { SpeechToText } from '#use-cases/ports/telephony'
import { TWILIO_DOORS } from '#telephony/twilio-doors'
import { type Fields, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'

const AUDIO = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0xff])
const SAID = 'Nước sinh hoạt bị đục ba ngày nay.'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

type Seen = { request: IncomingMessage; body: string }

/** A speech server that answers `status` and `answer`, or never. */
async function speechServer(
  status: number | null,
  answer = '',
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(chunks).toString('latin1') })
      if (status !== null) response.writeHead(status).end(answer)
    })
  })
  const listening = server.listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen }
}

describe('a speech-to-text server', () => {
  test('gets the sound, the model, the language and the key, and its text is the answer', async () => {
    const { url, seen } = await speechServer(200, JSON.stringify({ text: SAID }))
    const speech = httpSpeechToText({ url: `${url}/`, key: 'a-key', model: 'a-model' })
    expect(await speech.transcribe(AUDIO, 'vi')).toBe(SAID)
    const [{ request, body } = { request: undefined, body: '' }] = seen
    expect(request?.url).toBe('/v1/audio/transcriptions')
    expect(request?.headers.authorization).toBe('Bearer a-key')
    expect(body).toContain(Buffer.from(AUDIO).toString('latin1'))
    expect(body).toMatch(/name="model"\r\n\r\na-model/)
    expect(body).toMatch(/name="language"\r\n\r\nvi/)
  })

  test.each([
    ['an error', 500, 'boom'],
    ['no JSON', 200, 'hello'],
    ['another shape', 200, '{"words":[]}'],
    ['nothing in time', null, ''],
  ])('that answers %s is refused as unavailable, with its address', async (_, status, answer) => {
    const { url } = await speechServer(status, answer)
    const speech = httpSpeechToText({ url, key: null, model: 'm' }, 200)
    await expect(speech.transcribe(AUDIO, 'en')).rejects.toMatchObject({
      code: 'unavailable',
      details: { server: expect.stringContaining(url) as string },
    })
  })

  test('that nobody runs is refused the same way', async () => {
    const speech = httpSpeechToText({ url: 'http://127.0.0.1:9', key: null, model: 'm' })
    await expect(speech.transcribe(AUDIO, 'vi')).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('the job that makes text of messages', () => {
  const tell = (ports: Ports, door: string, name: string, more: Fields = {}) => {
    const told = TWILIO_DOORS.find((each) => each.name === door)?.parse(
      twilioWebhook(name, more),
      NOW,
      {},
    )
    return recordCallEvents(told?.events ?? [], ports)
  }
  function withSpeech(speechToText: SpeechToText) {
    const callControl = {
      ...({} as NonNullable<Ports['callControl']>),
      provider: 'twilio',
      fetchRecording: () => Promise.resolve(AUDIO),
    }
    return hotlinePorts({ speechToText, callControl })
  }

  test('puts what was said into the case, once', async () => {
    let asked = 0
    const ports = withSpeech({ transcribe: () => Promise.resolve((asked++, SAID)) })
    await tell(ports, 'recorded', 'message-left')
    expect(await transcribeMessages(ports)).toBe(0)
    await tell(ports, 'recording-status', 'recording-completed')
    expect(await transcribeMessages(ports)).toBe(1)
    expect(await transcribeMessages(ports)).toBe(0)
    expect(asked).toBe(1)
    expect([...ports.openedCases.values()]).toMatchObject([{ text: SAID }])
  })

  test('listens to our own copy once the company has none any more', async () => {
    const ports = {
      ...withSpeech({ transcribe: () => Promise.resolve(SAID) }),
      recordingFiles: {
        ...hotlinePorts().recordingFiles,
        open: () => Promise.resolve(AUDIO),
      },
    }
    await tell(ports, 'recording-status', 'recording-completed')
    const [call] = (await ports.calls.list(null, 1)).items
    if (call === undefined) throw new Error('no call')
    const kept = { key: 'RE1.mp3', sha256: '', byteCount: 1, keptAt: NOW }
    const recordings = call.recordings.map((each) => ({ ...each, kept }))
    await ports.calls.saveCall({ ...call, recordings, version: call.version + 1 }, call.version)
    const callControl = {
      ...({} as NonNullable<Ports['callControl']>),
      provider: 'twilio',
      fetchRecording: () => Promise.reject(new Error('deleted')),
    }
    expect(await transcribeMessages({ ...ports, callControl })).toBe(1)
    expect([...ports.openedCases.values()]).toMatchObject([{ text: SAID }])
  })

  test('leaves a message alone in which nothing could be understood', async () => {
    const ports = withSpeech({ transcribe: () => Promise.resolve(' ') })
    await tell(ports, 'recording-status', 'recording-completed')
    expect(await transcribeMessages(ports)).toBe(1)
    expect(await transcribeMessages(ports)).toBe(0)
    expect([...ports.openedCases.values()][0]?.text).toContain('lời nhắn thoại')
  })

  test('tries every message, tells what failed, and comes back to it', async () => {
    let isBroken = true
    const ports = withSpeech({
      transcribe: () => (isBroken ? Promise.reject(new Error('away')) : Promise.resolve(SAID)),
    })
    await tell(ports, 'recording-status', 'recording-completed')
    await tell(ports, 'recording-status', 'recording-completed', { CallSid: 'CAtwo' })
    await expect(transcribeMessages(ports)).rejects.toMatchObject({ errors: { length: 2 } })
    isBroken = false
    expect(await transcribeMessages(ports)).toBe(2)
  })

  test('does nothing where no server is set up', async () => {
    const ports = hotlinePorts()
    await tell(ports, 'recording-status', 'recording-completed')
    expect(await transcribeMessages(ports)).toBe(0)
  })
})
