import { type Html, html, NOTHING } from './docs-html.ts'
import type { DocsWords } from './docs-words.ts'
import { nameIn } from './openapi-schemas.ts'
import type { JsonSchema } from './openapi-types.ts'

/**
 * The fields of what a schema describes, nested ones below theirs; named schemas are linked. Which
 * fields are required is told of what is sent: in an answer all of them come.
 */
export function fieldList(schema: JsonSchema, words: DocsWords, isSent: boolean): Html {
  const { properties, required = [] } = innermost(schema)
  if (properties === undefined) return NOTHING
  const items = Object.entries(properties).map(([name, property]) => {
    const must = isSent && required.includes(name) ? html` <b>${words.required}</b>` : NOTHING
    const note = property.description
    return html`<li>
      <code>${name}</code> <span class="type">${typeOf(property, words)}</span>${must}
      ${limitsOf(property, words)}${note === undefined ? NOTHING : html`<p>${note}</p>`}
      ${fieldList(property, words, isSent)}
    </li>`
  })
  return html`<ul class="fields">
    ${items}
  </ul>`
}

/** What kind of value a schema describes, in words. */
export function typeOf(schema: JsonSchema, words: DocsWords): Html {
  const name = nameIn(schema)
  if (name !== null) return html`<a href="#schema-${name}">${name}</a>`
  const { anyOf, items, enum: choices, additionalProperties: byName } = schema
  if (anyOf !== undefined) return anyOfThem(anyOf, words)
  if (choices !== undefined) return html`${words.oneOf} ${codes(choices)}`
  if (schema.const !== undefined) return html`<code>${schema.const}</code>`
  if (items !== undefined) return html`${words.listOf} ${typeOf(items, words)}`
  if (typeof byName === 'object') return html`${words.byName} ${typeOf(byName, words)}`
  return html`${plainType(schema, words)}`
}

/** What a value must keep to, in words. */
export function limitsOf(schema: JsonSchema, words: DocsWords): Html {
  const limits = [
    range(schema.minLength, schema.maxLength, words, words.characters),
    range(schema.minItems, schema.maxItems, words, words.items),
    range(schema.minimum, schema.maximum, words, ''),
    schema.pattern === undefined ? null : html`${words.pattern} <code>${schema.pattern}</code>`,
    schema.default === undefined
      ? null
      : html`${words.otherwise} <code>${JSON.stringify(schema.default)}</code>`,
  ].filter((limit) => limit !== null)
  return limits.length === 0 ? NOTHING : html`<small>${joined(limits, '; ')}</small>`
}

/** Where the fields are: below lists and “or null”. A named schema has its own place on the page. */
function innermost(schema: JsonSchema): JsonSchema {
  const inner = schema.items ?? schema.anyOf?.find(({ type }) => type !== 'null')
  return inner === undefined ? schema : innermost(inner)
}

function anyOfThem(choices: readonly JsonSchema[], words: DocsWords): Html {
  const values = choices.filter(({ type }) => type !== 'null').map((each) => typeOf(each, words))
  const either = joined(values, ` ${words.or} `)
  return values.length < choices.length ? html`${either} ${words.orNull}` : html`${either}`
}

function plainType({ type, format }: JsonSchema, words: DocsWords): string {
  const names = typeof type === 'string' ? [type] : (type ?? [])
  const plain = names.filter((name) => name !== 'null').map((name) => wordFor(name, words))
  const text = plain.length === 0 ? words.anything : plain.join(` ${words.or} `)
  const precise = format === undefined ? text : `${text} (${format})`
  return names.includes('null') ? `${precise} ${words.orNull}` : precise
}

function wordFor(type: string, words: DocsWords): string {
  const known = ['string', 'number', 'integer', 'boolean', 'object'] as const
  const name = known.find((each) => each === type)
  return name === undefined ? type : words[name]
}

function range(
  least: number | undefined,
  most: number | undefined,
  words: DocsWords,
  unit: string,
): Html | null {
  if (least === undefined && most === undefined) return null
  if (least === undefined) return html`${words.atMost} ${most ?? ''} ${unit}`
  if (most === undefined) return html`${words.atLeast} ${least} ${unit}`
  return html`${words.from} ${least} ${words.to} ${most} ${unit}`
}

function codes(choices: readonly string[]): Html[] {
  return joined(
    choices.map((choice) => html`<code>${choice}</code>`),
    ', ',
  )
}

function joined(parts: readonly Html[], between: string): Html[] {
  return parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))
}
