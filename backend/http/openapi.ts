import type { Language } from '#contracts/vocabulary'
import { ADMINISTRATION_OPERATIONS } from './openapi-administration.ts'
import { CASE_OPERATIONS } from './openapi-cases.ts'
import { LEARNING_OPERATIONS } from './openapi-learning.ts'
import { EXCHANGE_OPERATION } from './openapi-exchange.ts'
import { RUNNING_OPERATIONS } from './openapi-machines.ts'
import { TELEPHONY_OPERATIONS } from './openapi-telephony.ts'
import { type Operation, TAGS } from './openapi-operation.ts'
import { parametersOf } from './openapi-parameters.ts'
import { PUBLISHED_OPERATIONS } from './openapi-published.ts'
import { REPORT_OPERATIONS } from './openapi-reports.ts'
import { contentOf, responsesOf } from './openapi-responses.ts'
import { bodySchemas, querySchemas } from './openapi-schemas.ts'
import { SECURITY, securitySchemes } from './openapi-security.ts'
import { SESSION_OPERATIONS } from './openapi-session.ts'
import { SIGN_IN_OPERATIONS } from './openapi-sign-in.ts'
import { TELEPHONE_OPERATIONS } from './openapi-telephone.ts'
import { CALLER_TEXTS, SHARED_TEXTS, TAG_TEXTS } from './openapi-texts.ts'
import type { JsonSchema, OpenApiDocument, OperationObject, PathItem } from './openapi-types.ts'

const OPERATIONS: readonly Operation[] = [
  ...REPORT_OPERATIONS,
  ...PUBLISHED_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...CASE_OPERATIONS,
  ...TELEPHONE_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
  ...LEARNING_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...TELEPHONY_OPERATIONS,
  EXCHANGE_OPERATION,
  ...RUNNING_OPERATIONS,
]

/** The description of every door, made from the contracts, in a language. */
export function openApiDocument(lang: Language): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: SHARED_TEXTS.title[lang],
      version: '1.0.0',
      description: SHARED_TEXTS.introduction[lang],
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: TAGS.map((name) => ({ name, description: TAG_TEXTS[name].text[lang] })),
    paths: pathsOf(OPERATIONS, lang),
    components: { schemas: bodySchemas(lang), securitySchemes: securitySchemes(lang) },
  }
}

function pathsOf(operations: readonly Operation[], lang: Language): Record<string, PathItem> {
  const queries = querySchemas(lang)
  const paths: Record<string, PathItem> = {}
  for (const operation of operations) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method]: operationObject(operation, queries, lang) }
  }
  return paths
}

function operationObject(
  operation: Operation,
  queries: Readonly<Record<string, JsonSchema>>,
  lang: Language,
): OperationObject {
  const { id, tag, summary, details, caller, body, query } = operation
  const caution = details === undefined ? [] : [details[lang]]
  return {
    operationId: id,
    tags: [tag],
    summary: summary[lang],
    description: [...caution, CALLER_TEXTS[caller][lang]].join('\n\n'),
    security: SECURITY[caller],
    parameters: parametersOf(operation, query === undefined ? undefined : queries[query], lang),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: responsesOf(operation, lang),
  }
}
