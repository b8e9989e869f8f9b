import { z } from 'zod'
import { DomainError } from '#domain/errors'
import type { SpeechToText } from '#use-cases/ports/telephony'

/** Where a server is that makes text of sound, as `POST {url}/v1/audio/transcriptions` understood by many. */
export type SpeechServer = {
  readonly url: string
  readonly key: string | null
  readonly model: string
}

const Answer = z.object({ text: z.string() })
// Three minutes of speech on a machine without a graphics card.
const TIMEOUT_MS = 120_000

/** A speech server over HTTP. Refuses with `unavailable` what it does not answer in time or well. */
export function httpSpeechToText(server: SpeechServer, timeoutMs = TIMEOUT_MS): SpeechToText {
  const address = `${server.url.replace(/\/+$/, '')}/v1/audio/transcriptions`
  return {
    async transcribe(audio, language) {
      const form = new FormData()
      form.set('file', new Blob([Uint8Array.from(audio)], { type: 'audio/mpeg' }), 'message.mp3')
      form.set('model', server.model)
      form.set('language', language)
      form.set('response_format', 'json')
      try {
        const response = await fetch(address, {
          method: 'POST',
          body: form,
          headers: server.key === null ? {} : { Authorization: `Bearer ${server.key}` },
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (!response.ok) throw new Error(`answered ${String(response.status)}`)
        return Answer.parse(await response.json()).text
      } catch (error) {
        throw refusal(error, address)
      }
    },
  }
}

/** Says which server and why, for the log; never what was said. */
function refusal(cause: unknown, address: string): DomainError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const details = { server: address, reason: reason.slice(0, 200) }
  return Object.assign(new DomainError('unavailable', 'speech-to-text-failed', details), { cause })
}
