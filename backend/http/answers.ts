import { type RequestHandler, Router } from 'express'
import {
  type Answer,
  type AnswerPage,
  AnswerQuery,
  type Performance,
  type SimilarAnswer,
  SimilarAnswersQuery,
} from '#contracts/answers'
import { parseCaseCode } from '#domain/case-code'
import { DomainError } from '#domain/errors'
import { presentAnswer } from '#presenters/present-answer'
import { presentPerformance } from '#presenters/present-performance'
import { findSimilarAnswers } from '#use-cases/find-similar-answers'
import type { Ports } from '#use-cases/ports'
import type { FieldNamesNow } from './catalogue.ts'
import { allowAnyOrigin } from './cross-origin.ts'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'
import type { RateLimits } from './rate-limits.ts'

const PERFORMANCE_DAYS = 90
const DAY_MS = 86_400_000

/** `/api/similar-answers`: published answers to start from. Mounted behind `requireStaff`. */
export function similarAnswerRoutes(
  ports: Ports,
  readJson: RequestHandler,
  fieldNames: FieldNamesNow,
): Router {
  const router = Router()
  router.post('/', readJson, async (request, response) => {
    const lang = languageOf(request)
    const found = await findSimilarAnswers(parse(SimilarAnswersQuery, request.body, lang), ports)
    const answers = found.map(({ found: published, wording }) => ({
      answer: presentAnswer(published, lang, fieldNames()),
      wording: Math.round(wording * 100) / 100,
    }))
    response.json(answers satisfies SimilarAnswer[])
  })
  return router
}

/** `/api/answers`, `/api/performance`: what everyone may read; open to every origin. */
export function answerRoutes(ports: Ports, limits: RateLimits, fieldNames: FieldNamesNow): Router {
  const router = Router()
  router.use(['/answers', '/performance'], allowAnyOrigin, limits.of('reading'))

  router.get('/answers', async (request, response) => {
    const lang = languageOf(request)
    const page = await ports.cases.listAnswers(parse(AnswerQuery, queryOf(request), lang))
    const answers = page.items.map((each) => presentAnswer(each, lang, fieldNames()))
    response.json({ answers, nextCursor: page.nextCursor } satisfies AnswerPage)
  })

  router.get('/answers/:code', async (request, response) => {
    const code = parseCaseCode(request.params.code)
    const found = code === null ? null : await ports.cases.findAnswer(code)
    if (found === null) throw new DomainError('not-found', 'case-not-found')
    response.json(presentAnswer(found, languageOf(request), fieldNames()) satisfies Answer)
  })

  router.get('/performance', async (_request, response) => {
    const at = ports.now()
    const since = new Date(at.getTime() - PERFORMANCE_DAYS * DAY_MS)
    const figures = await ports.cases.performance(since, at)
    // Counting three months of cases takes a moment; the figures do not change by the second.
    response.setHeader('Cache-Control', 'public, max-age=60')
    response.json(presentPerformance(figures, since) satisfies Performance)
  })
  return router
}
