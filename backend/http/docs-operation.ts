import { CURL_WITH_PHOTOS, curlFor } from './docs-curl.ts'
import { fieldList, limitsOf, typeOf } from './docs-fields.ts'
import { type Html, html, NOTHING, withCode } from './docs-html.ts'
import type { DocsWords } from './docs-words.ts'
import { nameIn } from './openapi-schemas.ts'
import type { JsonSchema, OperationObject, Parameter, ResponseObject } from './openapi-types.ts'

/** One method of one address. */
export type Door = {
  readonly method: string
  readonly path: string
  readonly operation: OperationObject
}

/** What the page of documentation is made with. */
export type DocsContext = {
  readonly words: DocsWords
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

/** Everything about one door. */
export function doorSection(door: Door, context: DocsContext): Html {
  const { method, path, operation } = door
  const { words } = context
  const paragraphs = operation.description.split('\n\n').map((text) => html`<p>${text}</p>`)
  const hasPhotos = operation.requestBody?.content['multipart/form-data'] !== undefined
  return html`<section class="door" id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="address"><b>${method.toUpperCase()}</b> <code>${path}</code></p>
    ${paragraphs} ${parameterList(operation.parameters, words)} ${requestPart(operation, context)}
    <h4>${words.example}</h4>
    ${sample(curlFor(method, path, operation), words.example)}
    ${
      hasPhotos
        ? html`<h4>${words.withPhotos}</h4>
            ${sample(CURL_WITH_PHOTOS, words.withPhotos)}`
        : NOTHING
    }
    <h4>${words.answers}</h4>
    ${Object.entries(operation.responses).map(([status, answer]) =>
      answerPart(status, answer, context),
    )}
  </section>`
}

function parameterList(parameters: readonly Parameter[], words: DocsWords): Html {
  if (parameters.length === 0) return NOTHING
  const places = { path: words.inPath, query: words.inQuery, header: words.inHeader }
  const items = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      html`<li>
        <code>${name}</code> <span class="type">${places[place]}, ${typeOf(schema, words)}</span>
        ${required ? html`<b>${words.required}</b>` : NOTHING} ${limitsOf(schema, words)}
        ${description === undefined ? NOTHING : html`<p>${description}</p>`}
      </li>`,
  )
  return html`<h4>${words.parameters}</h4>
    <ul class="fields">
      ${items}
    </ul>`
}

function requestPart({ requestBody }: OperationObject, context: DocsContext): Html {
  const [way] = Object.entries(requestBody?.content ?? {})
  if (way === undefined) return NOTHING
  const [mediaType, { schema = {} }] = way
  return html`<h4>${context.words.request}</h4>
    <p class="type"><code>${mediaType}</code> ${typeOf(schema, context.words)}</p>
    ${fieldsOf(schema, context, true)}`
}

function answerPart(status: string, answer: ResponseObject, context: DocsContext): Html {
  const { words } = context
  const headline = html`<b class="status">${status}</b> ${withCode(answer.description)}`
  const { schema, example } = answer.content?.['application/json'] ?? {}
  if (schema === undefined) return html`<p class="answer">${headline}</p>`
  const shown =
    example === undefined
      ? NOTHING
      : html`<h5>${words.bodyExample}</h5>
          ${sample(JSON.stringify(example, null, 2), words.bodyExample)}`
  return html`<details class="answer">
    <summary>${headline}</summary>
    <p class="type">${typeOf(schema, words)}</p>
    ${fieldsOf(schema, context, false)} ${shown}
  </details>`
}

/** The fields of a body; those of a named schema are written out here too. */
function fieldsOf(schema: JsonSchema, { words, schemas }: DocsContext, isSent: boolean): Html {
  const target = schema.items ?? schema
  const name = nameIn(target)
  return fieldList((name === null ? target : schemas[name]) ?? {}, words, isSent)
}

/** Code to copy; it scrolls by itself, so the keyboard must be able to reach it. */
function sample(text: string, name: string): Html {
  return html`<pre tabindex="0" role="group" aria-label="${name}"><code>${text}</code></pre>`
}
