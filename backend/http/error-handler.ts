import type { ErrorRequestHandler, RequestHandler } from 'express'
import multer from 'multer'
import type { Problem } from '#contracts/errors'
import { DomainError } from '#domain/errors'
import { presentInvalid, presentProblem } from '#presenters/present-problem'
import { languageOf } from './language.ts'
import { InvalidInput } from './parse.ts'
import { requestIdOf } from './request-log.ts'

/** Hears of errors that were not refusals: bugs. */
export type ReportUnexpected = (error: unknown, requestId: string) => void

/** Nothing is at this address. */
export const notFound: RequestHandler = () => {
  throw new DomainError('not-found', 'route-unknown')
}

/** The one place where an error becomes a response: RFC 9457 problem details. */
export function errorHandler(reportUnexpected: ReportUnexpected): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const requestId = requestIdOf(request)
    const lang = languageOf(request)
    const problem =
      error instanceof InvalidInput
        ? presentInvalid(error.errors, lang)
        : presentProblem(
            refusalOf(error, () => {
              reportUnexpected(error, requestId)
            }),
            lang,
          )
    sendProblem(response, { ...problem, requestId })
  }
}

/** Sends problem details with the headers that belong to them. */
function sendProblem(response: Parameters<RequestHandler>[1], problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds))
  }
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function refusalOf(error: unknown, onUnexpected: () => void): DomainError {
  if (error instanceof DomainError) return error
  const known = uploadRefusal(error) ?? diskRefusal(error) ?? bodyRefusal(error)
  if (known !== null) return known
  onUnexpected()
  return new DomainError('unexpected', 'unexpected')
}

function uploadRefusal(error: unknown): DomainError | null {
  if (!(error instanceof multer.MulterError)) return null
  if (error.code === 'LIMIT_FILE_SIZE') {
    return new DomainError('too-large', 'file-too-large', { name: error.field ?? '' }, '/photos')
  }
  if (error.code === 'LIMIT_FILE_COUNT' || error.code === 'LIMIT_UNEXPECTED_FILE') {
    return new DomainError('too-large', 'too-many-files', {}, '/photos')
  }
  return error.code === 'LIMIT_FIELD_VALUE' || error.code === 'LIMIT_PART_COUNT'
    ? new DomainError('too-large', 'body-too-large')
    : new DomainError('invalid', 'form-broken')
}

/** An upload that the disk has no room for. */
function diskRefusal(error: unknown): DomainError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
  return isFull ? new DomainError('storage-full', 'disk-full') : null
}

/** What Express's body parsers, router and multer's parser throw, by their `type` or status. */
function bodyRefusal(error: unknown): DomainError | null {
  if (!(error instanceof Error)) return null
  const type = 'type' in error ? error.type : null
  if (type === 'entity.too.large') return new DomainError('too-large', 'body-too-large')
  if (type === 'entity.parse.failed') return new DomainError('invalid', 'json-broken')
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new DomainError('unsupported-media', 'media-type')
  }
  // `%E0%A4%A` in a path: no address of ours.
  if (error instanceof URIError) return new DomainError('not-found', 'route-unknown')
  if (
    /^(Unexpected end of form|Request (aborted|closed)|Multipart: |Malformed part header)/.test(
      error.message,
    )
  ) {
    return new DomainError('invalid', 'form-broken')
  }
  const status = 'status' in error ? error.status : null
  if (typeof status !== 'number' || status < 400 || status > 499) return null
  return status === 404
    ? new DomainError('not-found', 'route-unknown')
    : new DomainError('invalid', 'json-broken')
}
