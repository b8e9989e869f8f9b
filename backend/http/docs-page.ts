import { ERROR_CODES, type Language } from '#contracts/vocabulary'
import { DomainError } from '#domain/errors'
import { presentProblem } from '#presenters/present-problem'
import { textsIn } from '#presenters/texts/in-language'
import { fieldList, limitsOf, typeOf } from './docs-fields.ts'
import { type Html, html } from './docs-html.ts'
import { type DocsContext, type Door, doorSection } from './docs-operation.ts'
import { DOCS_STYLE } from './docs-style.ts'
import { docsWords, type DocsWords } from './docs-words.ts'
import { REQUESTS } from './openapi-contracts.ts'
import { TAGS } from './openapi-operation.ts'
import { PROBLEM_ADVICE } from './openapi-problems.ts'
import { TAG_TEXTS } from './openapi-texts.ts'
import type { JsonSchema, OpenApiDocument } from './openapi-types.ts'

/** The description of the API as a page for people. */
export function docsPage(document: OpenApiDocument, lang: Language): string {
  const words = docsWords(lang)
  const context = { words, schemas: document.components.schemas }
  const doors = doorsOf(document)
  const page = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title}</title>
        <style>
          ${{ html: DOCS_STYLE }}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">${words.toContent}</a>
        ${pageHead(document, lang, words)}
        <div class="columns">
          ${contents(lang, words)}
          <main id="content" tabindex="-1">
            ${TAGS.map((tag) => {
              const { name, text } = TAG_TEXTS[tag]
              const own = doors.filter(({ operation }) => operation.tags.includes(tag))
              return html`<section aria-labelledby="${tag}">
                <h2 id="${tag}">${name[lang]}</h2>
                <p>${text[lang]}</p>
                ${doorList(own)} ${own.map((door) => doorSection(door, context))}
              </section>`
            })}
            ${problemsSection(lang, words)} ${schemasSection(context)}
          </main>
        </div>
      </body>
    </html>`
  return page.html
}

function doorsOf({ paths }: OpenApiDocument): Door[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
}

function pageHead({ info }: OpenApiDocument, lang: Language, words: DocsWords): Html {
  const other = lang === 'vi' ? 'en' : 'vi'
  return html`<header>
    <h1>${info.title}</h1>
    <p>${info.description}</p>
    <p>
      <a href="?lang=${other}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a>
      · <a href="/api/openapi.json?lang=${lang}">${words.forMachines}</a>
    </p>
  </header>`
}

function contents(lang: Language, words: DocsWords): Html {
  const chapters = TAGS.map(
    (tag) => html`<li><a href="#${tag}">${TAG_TEXTS[tag].name[lang]}</a></li>`,
  )
  return html`<nav aria-label="${words.contents}">
    <ul>
      ${chapters}
      <li><a href="#problems">${words.problems}</a></li>
      <li><a href="#schemas">${words.schemas}</a></li>
    </ul>
  </nav>`
}

function doorList(doors: readonly Door[]): Html {
  const items = doors.map(
    ({ method, path, operation }) =>
      html`<li>
        <a href="#${operation.operationId}">${operation.summary}</a>
        <span class="type">${method.toUpperCase()} <code>${path}</code></span>
      </li>`,
  )
  return html`<ul class="doors">
    ${items}
  </ul>`
}

function problemsSection(lang: Language, words: DocsWords): Html {
  const problems = ERROR_CODES.map((code) => {
    const { status, title } = presentProblem(new DomainError(code, 'unexpected'), lang)
    return html`<section class="door" id="problem-${code}">
      <h3><code>${code}</code> ${title}</h3>
      <p class="address"><b>HTTP ${status}</b></p>
      <p>${PROBLEM_ADVICE[code][lang]}</p>
    </section>`
  })
  const reasons = Object.entries(textsIn(lang).fields).map(
    ([reason, sentence]) => html`<li><code>${reason}</code> <span>${sentence}</span></li>`,
  )
  return html`<section aria-labelledby="problems">
    <h2 id="problems">${words.problems}</h2>
    <p>${words.problemsIntroduction}</p>
    ${problems}
    <section class="door" id="field-reasons">
      <h3>${words.fieldReasons}</h3>
      <p>${words.fieldReasonsIntroduction}</p>
      <ul class="fields">
        ${reasons}
      </ul>
    </section>
  </section>`
}

function schemasSection({ words, schemas }: DocsContext): Html {
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">${words.schemas}</h2>
    ${Object.entries(schemas).map(([name, schema]) => schemaPart(name, schema, words))}
  </section>`
}

function schemaPart(name: string, schema: JsonSchema, words: DocsWords): Html {
  return html`<section class="door" id="schema-${name}">
    <h3>${name}</h3>
    <p class="type">${typeOf(schema, words)} ${limitsOf(schema, words)}</p>
    ${fieldList(schema, words, name in REQUESTS)}
  </section>`
}
