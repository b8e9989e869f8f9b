import { z } from 'zod'
import type { TranscriptSegment } from '#domain/call'
import type { Told } from '../door.ts'
import type { WebhookFields } from '../provider.ts'
import { numberIn, textIn, timeIn } from './fields.ts'
import { parseCall } from './parse.ts'

const SENTENCE_MAX_LENGTH = 10_000

/** What Twilio puts as JSON into a form field. */
const TranscriptionData = z.object({ transcript: z.string() })

/** A sentence that was said, in its final form; an error of the transcription, for the log. */
export function parseTranscript(fields: WebhookFields, receivedAt: Date): Told | null {
  const told = parseSentence(fields, receivedAt)
  if (told === null || eventIn(fields) !== 'error') return told
  const code = textIn(fields, 'TranscriptionErrorCode') ?? textIn(fields, 'ErrorCode')
  const text = textIn(fields, 'TranscriptionError') ?? textIn(fields, 'ErrorMessage')
  return {
    ...told,
    problem: [code, text]
      .filter((part) => part !== null)
      .join(' ')
      .slice(0, 500),
  }
}

const parseSentence = parseCall((fields, common) => {
  const segment = segmentIn(fields, timeIn(fields, 'Timestamp', common.at) ?? common.at)
  return segment === null ? [] : [{ ...common, seq: null, type: 'transcribed', segment }]
})

function segmentIn(fields: WebhookFields, at: Date): TranscriptSegment | null {
  const seq = numberIn(fields, 'SequenceId')
  const isFinal = textIn(fields, 'Final')?.toLowerCase() === 'true'
  if (eventIn(fields) !== 'content' || seq === null || !isFinal) return null
  const text = wordsIn(textIn(fields, 'TranscriptionData') ?? '')
  if (text === '') return null
  const isCaller = textIn(fields, 'Track') !== 'outbound_track'
  return { seq, speaker: isCaller ? 'citizen' : 'agent', at, text }
}

/** `transcription-content` in the documentation, `content` as some accounts send it. */
function eventIn(fields: WebhookFields): string {
  return (textIn(fields, 'TranscriptionEvent') ?? '').replace(/^transcription-/, '')
}

function wordsIn(json: string): string {
  try {
    const { transcript } = TranscriptionData.parse(JSON.parse(json))
    return transcript.trim().slice(0, SENTENCE_MAX_LENGTH)
  } catch {
    // Not JSON, or not in that shape: nothing was heard.
    return ''
  }
}
