import type { JsonSchema, OpenApiDocument, OperationObject, Parameter } from '#http/openapi-types'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const SCHEMA_WORDS = new Set(
  `$ref type properties required additionalProperties propertyNames items prefixItems anyOf enum
   const default format pattern minLength maxLength minimum maximum exclusiveMinimum minItems
   maxItems description`.split(/\s+/),
)

/** What of a document breaks the rules of OpenAPI 3.1; empty where it keeps them. */
export function shapeProblems(document: OpenApiDocument): string[] {
  const { openapi, info, tags, paths, components } = document
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
  const ids = operations.map(({ operation }) => operation.operationId)
  const known = {
    tags: tags.map(({ name }) => name),
    schemes: Object.keys(components.securitySchemes),
    schemas: Object.keys(components.schemas),
  }
  return [
    ...unless(/^3\.1\.\d+$/.test(openapi), 'openapi: not a 3.1 version'),
    ...unless(info.title !== '' && info.version !== '', 'info: title and version are missing'),
    ...unless(new Set(ids).size === ids.length, 'an operationId is used twice'),
    ...unless(new Set(known.tags).size === known.tags.length, 'a tag is declared twice'),
    ...operations.flatMap(({ path, method, operation }) =>
      operationProblems(path, method, operation, known).map((each) => `${method} ${path}: ${each}`),
    ),
    ...Object.entries(components.schemas).flatMap(([name, schema]) =>
      schemaProblems(schema, known.schemas).map((each) => `${name}: ${each}`),
    ),
  ]
}

type Known = {
  readonly tags: readonly string[]
  readonly schemes: readonly string[]
  readonly schemas: readonly string[]
}

function operationProblems(
  path: string,
  method: string,
  operation: OperationObject,
  known: Known,
): string[] {
  const { operationId, tags, summary, description, security, parameters, requestBody } = operation
  const bodies = [requestBody, ...Object.values(operation.responses)]
  return [
    ...unless(/^\/[^?#]*$/.test(path), 'not a path'),
    ...unless(METHODS.includes(method), 'not a method'),
    ...unless(/^[a-z][A-Za-z]+$/.test(operationId), `${operationId} is no name`),
    ...unless(summary !== '' && description !== '', 'summary or description is missing'),
    ...tags.filter((tag) => !known.tags.includes(tag)).map((tag) => `tag ${tag} is not declared`),
    ...security
      .flatMap((way) => Object.keys(way))
      .filter((name) => !known.schemes.includes(name))
      .map((name) => `security scheme ${name} is not declared`),
    ...parameterProblems(path, parameters, known),
    ...unless(method !== 'get' || requestBody === undefined, 'a GET has no body'),
    ...responseProblems(operation),
    ...bodies.flatMap((body) =>
      Object.entries(body?.content ?? {}).flatMap(([mediaType, { schema }]) => [
        ...unless(/^[a-z]+\/[a-z0-9.+*-]+$/.test(mediaType), `${mediaType} is no media type`),
        ...schemaProblems(schema ?? {}, known.schemas),
      ]),
    ),
  ]
}

function parameterProblems(path: string, parameters: readonly Parameter[], known: Known): string[] {
  const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
  const declared = parameters.filter((each) => each.in === 'path').map(({ name }) => name)
  const keys = parameters.map((each) => `${each.in} ${each.name}`)
  return [
    ...unless(
      inPath.join() === declared.join(),
      `path has ${inPath.join()}, not ${declared.join()}`,
    ),
    ...unless(new Set(keys).size === keys.length, 'a parameter is declared twice'),
    ...parameters.flatMap((each) => [
      ...unless(each.in !== 'path' || each.required, `path parameter ${each.name} is optional`),
      ...unless(['path', 'query', 'header'].includes(each.in), `${each.name} is nowhere`),
      ...unless((each.description ?? 'named') !== '', `${each.name} has an empty description`),
      ...schemaProblems(each.schema, known.schemas),
    ]),
  ]
}

function responseProblems({ responses }: OperationObject): string[] {
  const entries = Object.entries(responses)
  return [
    ...unless(
      entries.some(([status]) => status.startsWith('2')),
      'nothing is said of success',
    ),
    ...entries.flatMap(([status, { description, content }]) => [
      ...unless(/^[1-5]\d\d$/.test(status), `${status} is no status`),
      ...unless(description !== '', `${status} has no description`),
      ...unless(status !== '204' || content === undefined, '204 has a body'),
    ]),
  ]
}

function schemaProblems(schema: JsonSchema, schemas: readonly string[]): string[] {
  const { $ref, type = [], properties = {}, required = [], additionalProperties } = schema
  const inner = [
    ...Object.values(properties),
    ...(schema.anyOf ?? []),
    ...(schema.prefixItems ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.propertyNames === undefined ? [] : [schema.propertyNames]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ]
  const target = $ref?.replace('#/components/schemas/', '')
  return [
    ...Object.keys(schema)
      .filter((word) => !SCHEMA_WORDS.has(word))
      .map((word) => `${word} is no keyword`),
    ...unless(target === undefined || schemas.includes(target), `${String($ref)} points nowhere`),
    ...[type]
      .flat()
      .filter((each) => !TYPES.includes(each))
      .map((each) => `${each} is no type`),
    ...required
      .filter((name) => schema.properties !== undefined && !(name in properties))
      .map((name) => `required ${name} is not there`),
    ...inner.flatMap((each) => schemaProblems(each, schemas)),
  ]
}

function unless(isRight: boolean, problem: string): string[] {
  return isRight ? [] : [problem]
}
