import { type RequestHandler, Router } from 'express'
import {
  type DoubtfulExamples,
  DoubtVerdict,
  type LearningOverview,
  VersionChoice,
} from '#contracts/learning'
import { DomainError } from '#domain/errors'
import { presentDoubtful, presentLearning } from '#presenters/present-learning'
import { chooseVersion, settleDoubt, viewDoubts, viewLearning } from '#use-cases/learning'
import type { Ports } from '#use-cases/ports'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { requireAdministrator } from './staff-session.ts'

/** A training, as one asks for it. */
export type TrainingDoor = { begin(): boolean; step(): string | null }

/** `/api/learning`: what the classifier learns from people, for administrators. Behind `requireStaff`. */
export function learningRoutes(
  ports: Ports,
  training: TrainingDoor,
  readJson: RequestHandler,
): Router {
  const router = Router()
  router.use(requireAdministrator)

  const overview = async (): Promise<LearningOverview> =>
    presentLearning(await viewLearning(ports), training.step())

  router.get('/', async (_request, response) => {
    response.json(await overview())
  })

  router.get('/doubts', async (request, response) => {
    const lang = languageOf(request)
    const doubts = await viewDoubts(ports)
    response.json({
      examples: doubts.map(({ doubted, against }) => presentDoubtful(doubted, against, lang)),
    } satisfies DoubtfulExamples)
  })

  router.post('/doubts/:exampleId', readJson, async (request, response) => {
    const { verdict } = parse(DoubtVerdict, request.body, languageOf(request))
    await settleDoubt(String(request.params['exampleId']), verdict, ports)
    response.json(await overview())
  })

  router.put('/version', readJson, async (request, response) => {
    const { version } = parse(VersionChoice, request.body, languageOf(request))
    await chooseVersion(version, ports)
    response.json(await overview())
  })

  router.post('/training', async (_request, response) => {
    if (!training.begin()) throw new DomainError('not-allowed-now', 'training-runs')
    response.status(202).json(await overview())
  })
  return router
}
