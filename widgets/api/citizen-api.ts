import type { Answer, AnswerPage, Performance } from '#contracts/answers'
import type { Catalogue, Unit } from '#contracts/catalogue'
import type {
  NewDispute,
  NewRating,
  NewReport,
  NewSupplement,
  ReportPreview,
  ReportPreviewQuery,
  ReportReceipt,
  ReportStatus,
} from '#contracts/reports'
import type { Language } from '#contracts/vocabulary'
import type { Puzzle } from './proof-of-work.ts'
import { requestBlob, requestJson } from './request.ts'
import { upload } from './upload.ts'

/** Opens one case: its code and the PIN shown once. */
export interface CaseKey {
  readonly code: string
  readonly pin: string
}

/** What a citizen can do to their own case, and what each needs. */
export interface CitizenActs {
  readonly rating: NewRating
  readonly dispute: NewDispute
  readonly messages: NewSupplement
  readonly withdrawal: Record<string, never>
}

/** A report ready to leave, and how to tell a repeat of it. */
export interface Outgoing {
  readonly report: Partial<NewReport> & Pick<NewReport, 'text'>
  readonly photos: readonly File[]
  readonly idempotencyKey: string
}

export interface UnitSearch {
  readonly q?: string
  readonly province?: string | undefined
  readonly near?: string
}

export interface AnswerSearch {
  readonly q: string
  readonly field: string | null
  readonly unit: string | null
  readonly cursor: string | null
  readonly limit: number
}

/** Every door of the server that a citizen uses. */
export interface CitizenApi {
  catalogue(): Promise<Catalogue>
  units(search: UnitSearch, signal: AbortSignal): Promise<readonly Unit[]>
  preview(query: ReportPreviewQuery, signal: AbortSignal): Promise<ReportPreview>
  challenge(signal: AbortSignal): Promise<Puzzle>
  submit(
    outgoing: Outgoing,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<ReportReceipt>
  status(key: CaseKey): Promise<ReportStatus>
  act<Act extends keyof CitizenActs>(
    key: CaseKey,
    act: Act,
    body: CitizenActs[Act],
  ): Promise<ReportStatus>
  attachment(key: CaseKey, id: string): Promise<Blob>
  answers(search: AnswerSearch, signal: AbortSignal): Promise<AnswerPage>
  answer(code: string): Promise<Answer>
  performance(): Promise<Performance>
}

/** The doors of the server at `base`, answering in `lang`. */
export function createCitizenApi(base: URL, lang: Language): CitizenApi {
  const headers = { 'accept-language': lang }
  const at = (path: string, query: Readonly<Record<string, string | null | undefined>> = {}) => {
    const url = new URL(`api/${path}`, base)
    for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value)
    return url
  }
  const caseAt = (code: string, rest = '') => at(`reports/${encodeURIComponent(code)}${rest}`)
  const opening = (key: CaseKey) => ({ headers: { ...headers, 'x-report-pin': key.pin } })

  return {
    catalogue: () => requestJson(at('catalogue', { lang }), { headers }),
    units: ({ q, province, near }, signal) =>
      requestJson(at('units', { q, province, near }), { headers, signal }),
    preview: (json, signal) =>
      requestJson(at('reports/preview'), { method: 'POST', json, headers, signal }),
    challenge: (signal) => requestJson(at('reports/challenge'), { headers, signal }),
    submit: (outgoing, onProgress, signal) =>
      upload({
        url: at('reports'),
        headers: { ...headers, 'idempotency-key': outgoing.idempotencyKey },
        body: bodyOf(outgoing),
        onProgress,
        signal,
      }),
    status: (key) => requestJson(caseAt(key.code), opening(key)),
    act: (key, act, json) =>
      requestJson(caseAt(key.code, `/${act}`), { method: 'POST', json, ...opening(key) }),
    attachment: (key, id) =>
      requestBlob(caseAt(key.code, `/attachments/${encodeURIComponent(id)}`), opening(key)),
    answers: ({ limit, ...search }, signal) =>
      requestJson(at('answers', { ...search, limit: String(limit) }), { headers, signal }),
    answer: (code) => requestJson(at(`answers/${encodeURIComponent(code)}`), { headers }),
    performance: () => requestJson(at('performance'), { headers }),
  }
}

function bodyOf({ report, photos }: Outgoing): string | FormData {
  const json = JSON.stringify(report)
  if (photos.length === 0) return json
  const form = new FormData()
  form.append('report', json)
  for (const photo of photos) form.append('photos', photo, photo.name)
  return form
}
