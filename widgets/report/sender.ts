import type { Language } from '#contracts/vocabulary'
import type { ReportReceipt } from '#contracts/reports'
import type { CitizenApi } from '../api/citizen-api.ts'
import { failureSentence } from '../api/failure-sentence.ts'
import { RequestFailure } from '../api/problem.ts'
import { solve } from '../api/proof-of-work.ts'
import type { Messages } from '../i18n/vi.ts'
import { rememberPin } from '../status/case-keys.ts'
import { idempotencyKey } from './draft-store.ts'
import { reportFrom } from './outgoing.ts'
import type { ReportAction, ReportState, Sending } from './report-state.ts'
import { submitUntilSettled } from './submission.ts'

interface SendOptions {
  readonly api: CitizenApi
  readonly state: ReportState
  readonly t: Messages
  readonly lang: Language
  readonly defaultUnit: string | null
  readonly needsProof: boolean
  readonly signal: AbortSignal
  readonly wakeUps: EventTarget
  readonly onMoved: (sending: Sending) => void
}

type Outcome = Extract<ReportAction, { type: 'received' | 'refused' | 'sending-moved' }>

/** Sends the report until it is received, refused or stopped, telling every move on the way. */
export async function sendReport(options: SendOptions): Promise<Outcome> {
  try {
    const receipt = await sendUntilSettled(options)
    rememberPin(receipt.code, receipt.pin)
    return { type: 'received', receipt }
  } catch (error) {
    if (options.signal.aborted) return { type: 'sending-moved', sending: { phase: 'idle' } }
    const errors = error instanceof RequestFailure ? error.fieldErrors : []
    return { type: 'refused', refusal: failureSentence(error, options.t), errors }
  }
}

function sendUntilSettled(options: SendOptions): Promise<ReportReceipt> {
  const { api, state, lang, defaultUnit, signal, wakeUps, onMoved } = options
  const report = reportFrom(state, lang, defaultUnit)
  const photos = state.photos.map(({ file }) => file)
  const key = idempotencyKey(fingerprintOf(report, photos))
  let needsProof = options.needsProof

  const attempt = async (): Promise<ReportReceipt> => {
    onMoved({ phase: 'preparing' })
    // A proof is good for one try: the server may have seen it although its answer got lost.
    const proof = needsProof ? await solve(await api.challenge(signal), signal) : null
    const onProgress = (progress: number) => onMoved({ phase: 'uploading', progress })
    onProgress(0)
    const outgoing = { report: { ...report, ...(proof && { proof }) }, photos, idempotencyKey: key }
    return api.submit(outgoing, onProgress, signal)
  }

  const send = async (): Promise<ReportReceipt> => {
    try {
      return await attempt()
    } catch (error) {
      // The installation may have begun to ask for proofs after this page was opened.
      if (needsProof || !asksForProof(error)) throw error
      needsProof = true
      return attempt()
    }
  }

  return submitUntilSettled({
    send,
    signal,
    wakeUps,
    onWaiting: (because, delayMs) =>
      onMoved({ phase: 'waiting', because, retryAt: Date.now() + delayMs }),
  })
}

function asksForProof(error: unknown): boolean {
  return error instanceof RequestFailure && error.problem?.code === 'proof-of-work-required'
}

/** Equal exactly when the same report with the same files would be sent. */
function fingerprintOf(report: object, photos: readonly File[]): string {
  const files = photos.map(({ name, size, lastModified }) => [name, size, lastModified])
  return JSON.stringify([report, files])
}
