import { z } from 'zod'
import { AgencyRef } from './catalogue.ts'
import { freeText } from './text.ts'

/** `GET /api/answers`: published cases, newest first. */
export const AnswerQuery = z.strictObject({
  q: z.string().max(200).default(''),
  field: z.string().max(60).optional(),
  unit: z
    .string()
    .regex(/^(\d{2}|\d{5})$/)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export type AnswerQuery = z.infer<typeof AnswerQuery>

/** A published case: personal data already removed. */
export const Answer = z.strictObject({
  code: z.string(),
  field: z.string().nullable(),
  fieldName: z.string().nullable(),
  agency: AgencyRef.nullable(),
  unitName: z.string().nullable(),
  /** Rounded to about 100 m, so that a home is not pointed at. */
  lat: z.number().nullable(),
  lng: z.number().nullable(),
  question: z.string(),
  response: z.string(),
  receivedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime(),
  wasOnTime: z.boolean(),
  rating: z.int().nullable(),
})
export type Answer = z.infer<typeof Answer>

/** A page of published cases. */
export const AnswerPage = z.strictObject({
  answers: z.array(Answer),
  nextCursor: z.string().nullable(),
})
export type AnswerPage = z.infer<typeof AnswerPage>

/** `POST /api/similar-answers`: what an officer has to answer. */
export const SimilarAnswersQuery = z.strictObject({
  text: freeText(1, 10_000),
  /** The case being answered: its own earlier answer is no example. */
  exceptCode: z.string().max(20).optional(),
})
export type SimilarAnswersQuery = z.infer<typeof SimilarAnswersQuery>

/** A published answer to a like question. */
export const SimilarAnswer = z.strictObject({
  answer: Answer,
  /** How alike the questions' words are, 0 to 1. */
  wording: z.number(),
})
export type SimilarAnswer = z.infer<typeof SimilarAnswer>

/** `GET /api/performance`: how agencies keep their deadlines, over the last 90 days. */
export const Performance = z.strictObject({
  since: z.iso.datetime(),
  totals: z.strictObject({
    receivedCount: z.int(),
    answeredCount: z.int(),
    onTimeShare: z.number().nullable(),
    averageRating: z.number().nullable(),
  }),
  agencies: z.array(
    z.strictObject({
      agency: AgencyRef,
      answeredCount: z.int(),
      openCount: z.int(),
      overdueCount: z.int(),
      onTimeShare: z.number().nullable(),
    }),
  ),
})
export type Performance = z.infer<typeof Performance>
