import { z } from 'zod'
import type { Language } from '#contracts/vocabulary'
import { ANSWERS, type BodyName, QUERIES, REQUESTS } from './openapi-contracts.ts'
import { noteOn } from './openapi-notes.ts'
import type { JsonSchema } from './openapi-types.ts'

const SCHEMAS_AT = '#/components/schemas/'

/** Points to the schema of a contract. */
export function ref(name: BodyName): JsonSchema {
  return { $ref: `${SCHEMAS_AT}${name}` }
}

/** A list of what a contract describes. */
export function listOf(name: BodyName): JsonSchema {
  return { type: 'array', items: ref(name) }
}

/** The name of the contract that a schema points to; null where it points to none. */
export function nameIn(schema: JsonSchema): string | null {
  return schema.$ref?.startsWith(SCHEMAS_AT) === true ? schema.$ref.slice(SCHEMAS_AT.length) : null
}

/** The schemas of all bodies, with what their fields mean in a language. */
export function bodySchemas(lang: Language): Record<string, JsonSchema> {
  return { ...schemasOf(REQUESTS, 'input', lang), ...schemasOf(ANSWERS, 'output', lang) }
}

/** The schemas of all query strings, with what their fields mean in a language. */
export function querySchemas(lang: Language): Record<string, JsonSchema> {
  return schemasOf(QUERIES, 'input', lang)
}

/** JSON Schemas of contracts, which refer to each other by name. */
export function schemasOf(
  contracts: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
  lang: Language,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, contract] of Object.entries(contracts)) registry.add(contract, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `${SCHEMAS_AT}${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      simplify(zodSchema, jsonSchema)
    },
  })
  return Object.fromEntries(
    // zod's own type also knows keywords that it never writes.
    Object.entries(schemas).map(([name, schema]) => [
      name,
      described(name, schema as JsonSchema, lang),
    ]),
  )
}

/** Says what a reader wants to know, and leaves out what only a machine would check. */
function simplify({ _zod }: z.core.$ZodTypes, schema: z.core.JSONSchema.BaseSchema): void {
  // `format` says it shorter than zod's expressions.
  if (schema.format !== undefined) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  // Free text is measured after trimming: the shortest length stands at the end of its pipe.
  const end = _zod.def.type === 'pipe' ? _zod.def.out : null
  if (end instanceof z.ZodString && end.minLength !== null) schema.minLength = end.minLength
}

/** The schema without its address, which the document gives, and with notes on its fields. */
function described(name: string, schema: JsonSchema, lang: Language): JsonSchema {
  const entries = Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id')
  const { properties, ...others }: JsonSchema = Object.fromEntries(entries)
  if (properties === undefined) return others
  const noted = Object.entries(properties).map(([field, property]): [string, JsonSchema] => {
    const note = noteOn(name, field)
    return [field, note === null ? property : { ...property, description: note[lang] }]
  })
  return { ...others, properties: Object.fromEntries(noted) }
}
