import { type RequestHandler, Router } from 'express'
import {
  type CannedAnswer,
  CaseCommands,
  type CaseCounts,
  type CasePage,
  CaseQuery,
  type CaseView,
  type LikelyDuplicate,
  type DraftReview,
  NewDraftReview,
  NewMessage,
} from '#contracts/cases'
import type { StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import { presentCase, type Viewing } from '#presenters/present-case'
import { presentDuplicate } from '#presenters/present-duplicate'
import { presentRow } from '#presenters/present-row'
import { actOnCase, isCaseAction } from '#use-cases/case-actions'
import type { Ports } from '#use-cases/ports'
import { findDuplicates } from '#use-cases/find-duplicates'
import { reviewDraft } from '#use-cases/review-draft'
import { viewCase } from '#use-cases/view-case'
import { messagingFor, writeMessage } from '#use-cases/write-message'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'
import { sendAttachment } from './send-attachment.ts'
import { staffOf } from './staff-session.ts'

/** `/api/cases`: the staff's door. Mounted behind `requireStaff`. */
export function caseRoutes(ports: Ports, readJson: RequestHandler): Router {
  const router = Router()
  const mask: Viewing['mask'] = (text, names) => ports.reader.redact(text, names)
  const viewFor = (current: Case, staff: StaffMember, isRevealed = false): CaseView =>
    presentCase(current, staff, {
      mask,
      isRevealed,
      messaging: messagingFor(staff, current, ports),
    })

  router.get('/', async (request, response) => {
    const query = parse(CaseQuery, queryOf(request), languageOf(request))
    const page = await ports.cases.list(query, staffOf(response), ports.now())
    response.json({
      rows: page.items.map(presentRow),
      nextCursor: page.nextCursor,
    } satisfies CasePage)
  })

  router.get('/counts', async (_request, response) => {
    response.json((await ports.cases.counts(staffOf(response), ports.now())) satisfies CaseCounts)
  })

  router.get('/:code', async (request, response) => {
    const staff = staffOf(response)
    const found = await viewCase(request.params.code, staff, ports)
    response.json(viewFor(found, staff) satisfies CaseView)
  })

  router.get('/:code/duplicates', async (request, response) => {
    const likely = await findDuplicates(request.params.code, staffOf(response), ports)
    response.json(likely.map(presentDuplicate) satisfies LikelyDuplicate[])
  })

  router.post('/:code/hints', readJson, async (request, response) => {
    const draft = parse(NewDraftReview, request.body, languageOf(request))
    const code = String(request.params['code'])
    const hints = await reviewDraft(code, draft, staffOf(response), ports)
    response.json({
      hints: hints.map(({ code: of, spans }) => ({ code: of, spans: [...spans] })),
    } satisfies DraftReview)
  })

  router.post('/:code/messages', readJson, async (request, response) => {
    const staff = staffOf(response)
    const message = parse(NewMessage, request.body, languageOf(request))
    const code = String(request.params['code'])
    const changed = await writeMessage(code, { message, staff }, ports)
    response.status(201).json(viewFor(changed, staff) satisfies CaseView)
  })

  router.post('/:code/:action', readJson, async (request, response) => {
    const { code, action } = request.params
    if (typeof code !== 'string' || typeof action !== 'string' || !isCaseAction(action)) {
      throw new DomainError('not-found', 'route-unknown')
    }
    const staff = staffOf(response)
    const command = parse(CaseCommands[action], request.body, languageOf(request))
    const changed = await actOnCase(action, code, { command, staff }, ports)
    response.json(viewFor(changed, staff, action === 'reveal') satisfies CaseView)
  })

  const attachment =
    (size: 'full' | 'thumbnail'): RequestHandler =>
    async (request, response) => {
      const found = await viewCase(String(request.params['code']), staffOf(response), ports)
      await sendAttachment(found, String(request.params['id']), size, response, ports)
    }
  router.get('/:code/attachments/:id', attachment('full'))
  router.get('/:code/attachments/:id/thumbnail', attachment('thumbnail'))
  return router
}

/** `/api/canned-answers`: sentences to start a response from, in the caller's language. */
export function cannedAnswerRoutes(ports: Ports): Router {
  const router = Router()
  router.get('/', (request, response) => {
    const lang = languageOf(request)
    const answers = ports.settings().cannedAnswers.map(({ id, title, text }) => ({
      id,
      title: title[lang],
      text: text[lang],
    }))
    response.json(answers satisfies CannedAnswer[])
  })
  return router
}
