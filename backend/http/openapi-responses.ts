import type { ErrorCode, Language } from '#contracts/vocabulary'
import { DomainError } from '#domain/errors'
import { presentProblem } from '#presenters/present-problem'
import { exampleOf } from './openapi-examples.ts'
import type { Caller, DoorAnswer, DoorBody, Operation } from './openapi-operation.ts'
import { nameIn, ref } from './openapi-schemas.ts'
import { isGuardedChange } from './openapi-security.ts'
import { SHARED_TEXTS } from './openapi-texts.ts'
import type { JsonSchema, MediaType, ResponseObject } from './openapi-types.ts'

/** A request's body by media type. */
export function contentOf(body: DoorBody): Record<string, MediaType> {
  const { schema, mediaType = 'application/json', also } = body
  return { [mediaType]: withExample(schema, body.example), ...also }
}

function withExample(schema: JsonSchema, given?: unknown): MediaType {
  const example = given ?? exampleFor(schema)
  return example === null ? { schema } : { schema, example }
}

function exampleFor(schema: JsonSchema): unknown {
  const name = nameIn(schema)
  if (name !== null) return exampleOf(name)
  const item = schema.items === undefined ? null : exampleFor(schema.items)
  return item === null ? null : [item]
}

/** Every way in which an operation answers, by status. */
export function responsesOf(operation: Operation, lang: Language): Record<string, ResponseObject> {
  const answers = operation.answers.map((answer): [string, ResponseObject] => [
    String(answer.status),
    answerObject(answer, lang),
  ])
  return { ...problemResponses(problemsOf(operation), lang), ...Object.fromEntries(answers) }
}

function answerObject(answer: DoorAnswer, lang: Language): ResponseObject {
  const { schema, example, headers } = answer
  const content =
    schema === undefined
      ? answer.content
      : { 'application/json': withExample(schema, example), ...answer.content }
  return {
    description: answer.text[lang],
    ...(headers === undefined ? {} : { headers: headerObjects(headers, lang) }),
    ...(content === undefined ? {} : { content }),
  }
}

function headerObjects(headers: NonNullable<DoorAnswer['headers']>, lang: Language) {
  const entries = Object.entries(headers).map(([name, text]) => {
    return [name, { description: text[lang], schema: { type: 'string' } }] as const
  })
  return Object.fromEntries(entries)
}

/** Codes that share a status share a response, which names each. */
function problemResponses(
  codes: readonly ErrorCode[],
  lang: Language,
): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {}
  for (const code of codes) {
    const problem = presentProblem(new DomainError(code, 'unexpected'), lang)
    const status = String(problem.status)
    const named = `\`${code}\`: ${problem.title}`
    const earlier = responses[status]?.description
    const isTimed = code === 'too-many-requests' || problem.retryAfterSeconds !== undefined
    responses[status] = {
      description: earlier === undefined ? named : `${earlier}; ${named}`,
      ...(isTimed
        ? { headers: headerObjects({ 'Retry-After': SHARED_TEXTS.retryAfter }, lang) }
        : {}),
      content: { 'application/problem+json': { schema: ref('Problem') } },
    }
  }
  return responses
}

const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'unavailable']
const PROBLEMS_OF: Record<Caller, readonly ErrorCode[]> = {
  anyone: [],
  citizen: [],
  provider: [],
  exchange: [],
  staff: SIGNED_IN,
  centre: [...SIGNED_IN, 'forbidden'],
  administrator: [...SIGNED_IN, 'forbidden'],
}

function problemsOf(operation: Operation): ErrorCode[] {
  const { problems = [], caller, isForeign } = operation
  if (isForeign === true) return [...problems]
  const guarded: readonly ErrorCode[] = isGuardedChange(operation) ? ['forbidden'] : []
  return [...new Set<ErrorCode>([...problems, ...PROBLEMS_OF[caller], ...guarded, 'unexpected'])]
}
