import { type Language, LANGUAGES } from '#contracts/vocabulary'
import type { Operation } from './openapi-operation.ts'
import { isGuardedChange } from './openapi-security.ts'
import { PATH_TEXTS, SHARED_TEXTS } from './openapi-texts.ts'
import type { JsonSchema, Parameter } from './openapi-types.ts'

/** Everything an operation reads from its address and headers. */
export function parametersOf(
  operation: Operation,
  query: JsonSchema | undefined,
  lang: Language,
): Parameter[] {
  return [
    ...pathParameters(operation.path, lang),
    ...queryParameters(query),
    ...headerParameters(operation, lang),
    ...(isGuardedChange(operation) ? [requestedWith(lang)] : []),
    ...(operation.isForeign === true ? [] : [language(lang)]),
  ]
}

function pathParameters(path: string, lang: Language): Parameter[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => {
    const known = PATH_TEXTS[name]
    if (known === undefined) throw new Error(`{${name}} of ${path} has no text`)
    return {
      name,
      in: 'path',
      required: true,
      description: known.text[lang],
      schema: { type: 'string' },
      example: known.example,
    }
  })
}

function queryParameters(schema: JsonSchema | undefined): Parameter[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    required: schema?.required?.includes(name) === true,
    ...(description === undefined ? {} : { description }),
    schema: property,
  }))
}

function headerParameters({ headers = [] }: Operation, lang: Language): Parameter[] {
  return headers.map(({ name, text, schema, example }) => ({
    name,
    in: 'header',
    required: false,
    description: text[lang],
    schema,
    example,
  }))
}

function requestedWith(lang: Language): Parameter {
  return {
    name: 'X-Requested-With',
    in: 'header',
    required: true,
    description: SHARED_TEXTS.requestedWith[lang],
    schema: { type: 'string' },
    example: 'hoiam',
  }
}

function language(lang: Language): Parameter {
  return {
    name: 'lang',
    in: 'query',
    required: false,
    description: SHARED_TEXTS.language[lang],
    schema: { type: 'string', enum: LANGUAGES },
  }
}
