import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Answer } from '#contracts/answers'
import { dayInWords } from '../format/moment.ts'
import type { AnswersView } from './answers-view.ts'

/** One published answer, whole. */
export function answerDetail(view: AnswersView): TemplateResult {
  const { t, state, on } = view
  return html`<div class="stack">
    <button type="button" class="quiet back" @click=${on.close}>
      <span aria-hidden="true">‹</span> ${t.answers.all}
    </button>
    ${
      state.opened
        ? opened(view, state.opened)
        : html`<p class="warn" role="alert" tabindex="-1" id="opened">${state.openFailure}</p>`
    }
  </div>`
}

function opened(view: AnswersView, answer: Answer) {
  const { t, lang } = view
  const words = t.answers
  return html`<article class="stack" aria-labelledby="opened">
    <h2 id="opened" tabindex="-1">${answer.fieldName ?? words.question}</h2>
    ${tags(view, answer)}
    <section class="card stack">
      <h3>${words.question}</h3>
      <blockquote class="words">${answer.question}</blockquote>
      <p class="soft">${words.receivedOn(dayInWords(answer.receivedAt, lang))}</p>
    </section>
    <section class="got stack">
      <h3>${answer.agency ? words.responseBy(answer.agency.name) : words.response}</h3>
      <blockquote class="words">${answer.response}</blockquote>
      <p class="soft">${words.publishedOn(dayInWords(answer.publishedAt, lang))}</p>
    </section>
    ${answer.rating ? html`<p class="soft">${words.rating(answer.rating)}</p>` : nothing}
  </article>`
}

/** Where, and whether in time. */
export function tags({ t }: AnswersView, { unitName, wasOnTime }: Answer): TemplateResult {
  return html`<p class="row soft">
    <span class=${wasOnTime ? 'tag good' : 'tag late'}
      >${wasOnTime ? t.answers.onTime : t.answers.late}</span
    >
    ${unitName}
  </p>`
}
