import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Answer } from '#contracts/answers'
import { textField } from '../design/text-field.ts'
import { dayInWords } from '../format/moment.ts'
import { tags } from './answer-detail.ts'
import type { AnswersView } from './answers-view.ts'

/** Search, filter, and the answers as a list or on a map. */
export function answersScreen(view: AnswersView): TemplateResult {
  const { t, state } = view
  const count = state.answers.length
  const sentence = state.phase === 'loading' ? t.loading : t.answers.shown(count)
  return html`<div role="search" class="filters">
      ${textField({
        id: 'q',
        label: t.answers.search,
        hint: t.answers.searchHint,
        type: 'search',
        value: state.q,
        maxLength: 200,
        onInput: view.on.search,
      })}
      ${fieldFilter(view)}
    </div>
    <div class="row between">
      <p class="soft numbers" role="status">${state.phase === 'failed' ? '' : sentence}</p>
      ${layoutSwitch(view)}
    </div>
    ${state.phase === 'failed' ? failed(view) : found(view)}`
}

function found(view: AnswersView) {
  const { t, state, on } = view
  if (state.answers.length === 0) {
    const isSearching = state.phase === 'loading'
    return html`<p class="empty soft">${isSearching ? nothing : t.answers.none}</p>`
  }
  return html`${state.layout === 'map' ? html`${map(view)} ${gathered(view)}` : list(view, state.answers)}
  ${
    state.nextCursor
      ? html`<button
          type="button"
          class="wide"
          ?disabled=${state.phase === 'loading'}
          @click=${on.more}
        >
          ${t.answers.more}
        </button>`
      : nothing
  }`
}

function gathered(view: AnswersView) {
  const { answers, gathered: codes } = view.state
  if (codes.length === 0) return nothing
  return html`<div id="gathered" class="stack" tabindex="-1">
    <p class="soft">${view.t.map.count(codes.length)}</p>
    ${list(
      view,
      answers.filter(({ code }) => codes.includes(code)),
    )}
  </div>`
}

function list(view: AnswersView, answers: readonly Answer[]) {
  return html`<ul class="list" aria-busy=${view.state.phase === 'loading'}>
    ${repeat(
      answers,
      ({ code }) => code,
      (answer) => html`<li>${item(view, answer)}</li>`,
    )}
  </ul>`
}

function item(view: AnswersView, answer: Answer) {
  const { lang, on } = view
  const from = [answer.agency?.name, dayInWords(answer.publishedAt, lang)].filter(Boolean)
  return html`<article class="card stack item">
    <h2>
      <button
        type="button"
        class="title"
        id="answer-${answer.code}"
        @click=${() => on.open(answer.code)}
      >
        ${answer.question}
      </button>
    </h2>
    <p class="words excerpt">${answer.response}</p>
    <p class="soft">${from.join(' · ')}</p>
    ${tags(view, answer)}
  </article>`
}

function map({ t, state, catalogue, map: phase, on }: AnswersView) {
  const points = state.answers.flatMap(({ code, lat, lng, question }) =>
    lat === null || lng === null ? [] : [{ id: code, lat, lng, label: question.slice(0, 120) }],
  )
  if (phase === 'failed') return html`<p class="warn" role="alert">${t.map.failed}</p>`
  if (points.length === 0) return html`<p class="empty soft">${t.answers.noneOnMap}</p>`
  return html`<div class="map-place">
    ${
      phase === 'open'
        ? html`<hoiam-map
            .t=${t}
            .tileUrl=${catalogue?.tileUrl ?? null}
            .points=${points}
            @point-chosen=${(event: CustomEvent<string>) => on.open(event.detail)}
          ></hoiam-map>`
        : html`<p class="soft">${t.loading}</p>`
    }
  </div>`
}

function fieldFilter({ t, lang, state, catalogue, on }: AnswersView) {
  return html`<div class="field">
    <label class="label" for="field">${t.answers.field}</label>
    <select
      id="field"
      .value=${live(state.field ?? '')}
      @change=${(event: Event) => on.choose((event.target as HTMLSelectElement).value || null)}
    >
      <option value="">${t.answers.allFields}</option>
      ${catalogue?.fields.map(
        ({ id, name }) =>
          html`<option value=${id} ?selected=${id === state.field}>${name[lang]}</option>`,
      )}
    </select>
  </div>`
}

function layoutSwitch({ t, state, on }: AnswersView) {
  const choice = (layout: 'list' | 'map') =>
    html`<button
      type="button"
      aria-pressed=${state.layout === layout ? 'true' : 'false'}
      @click=${() => on.arrange(layout)}
    >
      ${t.answers[layout]}
    </button>`
  return html`<div class="switch" role="group" aria-label=${t.answers.view}>
    ${choice('list')}${choice('map')}
  </div>`
}

function failed({ t, on }: AnswersView) {
  return html`<div class="warn row" role="alert">
    <span>${t.failure.unavailable}</span>
    <button type="button" @click=${on.retry}>${t.retry}</button>
  </div>`
}
