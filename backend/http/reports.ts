import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import {
  NewDispute,
  NewRating,
  NewReport,
  NewSupplement,
  ReportPreviewQuery,
  type ReportPreview,
  type ReportReceipt,
  type ReportStatus,
} from '#contracts/reports'
import type { Language } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import { presentPreview } from '#presenters/present-preview'
import { type CitizenView, presentReceipt, presentStatus } from '#presenters/present-status'
import { disputeReport, rateReport, supplementReport, withdrawReport } from '#use-cases/answer-back'
import { answeringCase, type CitizenKey, followReport } from '#use-cases/follow-report'
import type { Ports } from '#use-cases/ports'
import { previewReport } from '#use-cases/preview-report'
import { submitReport } from '#use-cases/submit-report'
import type { FieldNamesNow } from './catalogue.ts'
import { allowAnyOrigin } from './cross-origin.ts'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import type { ProofOfWork } from './proof-of-work.ts'
import type { RateLimits } from './rate-limits.ts'
import { sendAttachment } from './send-attachment.ts'
import { uploadsOf } from './uploads.ts'

/** What the citizens' door needs. `proofOfWork` is null where none is asked for. */
export type ReportDoor = {
  readonly ports: Ports
  readonly limits: RateLimits
  readonly readUploads: RequestHandler
  readonly readJson: RequestHandler
  readonly proofOfWork: ProofOfWork | null
  readonly fieldNames: FieldNamesNow
}

/** The header `Idempotency-Key`: 8 to 200 printable ASCII characters. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,200}$/)
  .optional()

const ReportHeaders = z.strictObject({ 'Idempotency-Key': IdempotencyKey })

/** `/api/reports`: open to every origin, for the widget lives on strangers' pages. */
export function reportRoutes(door: ReportDoor): Router {
  const { ports, limits, readUploads, readJson, fieldNames } = door
  const router = Router()
  router.use(allowAnyOrigin)
  const viewIn = (lang: Language): CitizenView => ({
    lang,
    fieldNames: fieldNames(),
    calendar: ports.settings().calendar,
  })

  router.get('/challenge', limits.of('preview'), async (_request, response) => {
    response.json((await door.proofOfWork?.challenge()) ?? {})
  })

  router.post('/preview', limits.of('preview'), readJson, async (request, response) => {
    const query = parse(ReportPreviewQuery, request.body, languageOf(request))
    const facts = await previewReport(query, ports)
    const lang = languageOf(request)
    response.json(presentPreview(facts, ports.now(), viewIn(lang)) satisfies ReportPreview)
  })

  router.post('/', limits.of('reports'), readJson, readUploads, async (request, response) => {
    const report = parse(NewReport, bodyOf(request), languageOf(request))
    const idempotencyKey = keyOf(request)
    await door.proofOfWork?.check(report.proof, idempotencyKey)
    const { opened, pin } = await submitReport(
      report,
      { channel: 'web', idempotencyKey, uploads: uploadsOf(request) },
      ports,
    )
    response
      .status(201)
      .location(`/api/reports/${opened.code}`)
      .json(presentReceipt(opened, pin, viewIn(report.lang)) satisfies ReportReceipt)
  })

  const answer = async (request: Request, current: Case): Promise<ReportStatus> => {
    const answering = await answeringCase(current, ports)
    return presentStatus(current, answering, ports.now(), viewIn(languageOf(request)))
  }

  /** One of the citizen's own doors: limited, and guarded against guessing. */
  const own =
    (act: (code: string, key: CitizenKey, request: Request) => Promise<Case>): RequestHandler =>
    async (request, response) => {
      const code = codeOf(request)
      const current = await limits.guardPin(code, async () =>
        act(code, citizenKeyOf(request), request),
      )
      response.setHeader('Cache-Control', 'no-store')
      response.json(await answer(request, current))
    }

  router.get(
    '/:code',
    limits.of('status'),
    own(async (code, key) => followReport(code, key, ports)),
  )
  router.post(
    '/:code/rating',
    limits.of('status'),
    readJson,
    own(async (code, key, request) =>
      rateReport(code, key, parse(NewRating, request.body, languageOf(request)), ports),
    ),
  )
  router.post(
    '/:code/dispute',
    limits.of('status'),
    readJson,
    own(async (code, key, request) =>
      disputeReport(code, key, parse(NewDispute, request.body, languageOf(request)), ports),
    ),
  )
  router.post(
    '/:code/messages',
    limits.of('status'),
    readJson,
    own(async (code, key, request) =>
      supplementReport(code, key, parse(NewSupplement, request.body, languageOf(request)), ports),
    ),
  )
  router.post(
    '/:code/withdrawal',
    limits.of('status'),
    own(async (code, key) => withdrawReport(code, key, ports)),
  )

  router.get('/:code/attachments/:id', limits.of('status'), async (request, response) => {
    const code = codeOf(request)
    const current = await limits.guardPin(code, async () =>
      followReport(code, citizenKeyOf(request), ports),
    )
    await sendAttachment(current, String(request.params['id']), 'full', response, ports)
  })
  return router
}

/** JSON as it is, or the part `report` of a form. */
function bodyOf(request: Request): unknown {
  if (request.is('application/json') !== false) return request.body as unknown
  if (request.is('multipart/form-data') === false) {
    throw new DomainError('unsupported-media', 'media-type')
  }
  const body: unknown = request.body
  const part = typeof body === 'object' && body !== null && 'report' in body ? body.report : null
  if (typeof part !== 'string') throw new DomainError('invalid', 'form-broken', {}, '/report')
  try {
    return JSON.parse(part) as unknown
  } catch {
    throw new DomainError('invalid', 'json-broken', {}, '/report')
  }
}

function keyOf(request: Request): string | null {
  return (
    parse(
      ReportHeaders,
      { 'Idempotency-Key': request.get('idempotency-key') },
      languageOf(request),
    )['Idempotency-Key'] ?? null
  )
}

function codeOf(request: Request): string {
  return String(request.params['code'])
}

function citizenKeyOf(request: Request): CitizenKey {
  return {
    pin: request.get('x-report-pin') ?? null,
    phone: request.get('x-report-phone') ?? null,
  }
}
