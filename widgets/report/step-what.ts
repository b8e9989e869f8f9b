import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { countInWords, fileSizeInWords } from '../format/quantity.ts'
import { emergencyLine } from './emergency.ts'
import { TEXT_MAX } from './outgoing.ts'
import { PHOTO_MAX_COUNT } from './photo-rules.ts'
import { previewPanel, similarCases } from './preview-panel.ts'
import { errorAt } from './report-state.ts'
import type { Photo } from './report-state.ts'
import type { ReportView } from './report-view.ts'

const NEAR_LIMIT = 500

/** First step: what is happening, what we understood, photos. */
export function stepWhat(view: ReportView): TemplateResult {
  const { t, state, on } = view
  const { what } = t.report
  const error = errorAt(state.errors, '/text')
  return html`<div class="field">
      <h2 tabindex="-1"><label for="text">${what.title}</label></h2>
      <textarea
        id="text"
        rows="4"
        .value=${live(state.draft.text)}
        aria-describedby="text-error text-hint"
        aria-invalid=${error ? 'true' : 'false'}
        aria-required="true"
        @input=${(event: InputEvent) => on.edit({ text: (event.target as HTMLTextAreaElement).value })}
      ></textarea>
      <p class="error" id="text-error" ?hidden=${!error}>${error}</p>
      <p class="hint" id="text-hint">${what.hint} ${counter(view)}</p>
    </div>
    ${previewPanel(view)} ${photos(view)}
    <button type="submit" class="primary wide">${what.next}</button>
    ${similarCases(view)} ${emergencyLine(view)}`
}

function counter({ t, lang, state }: ReportView) {
  const left = TEXT_MAX - state.draft.text.length
  if (left > NEAR_LIMIT) return nothing
  const { what } = t.report
  return left < 0
    ? html`<span class="error">${what.over(countInWords(TEXT_MAX, lang))}</span>`
    : what.left(countInWords(left, lang))
}

function photos(view: ReportView) {
  const { t, state, on, photoProblems } = view
  const words = t.report.photos
  const error = errorAt(state.errors, '/photos')
  const isFull = state.photos.length >= PHOTO_MAX_COUNT
  return html`<div class="stack photos">
    <ul class="stack" ?hidden=${state.photos.length === 0}>
      ${state.photos.map((photo) => photoItem(view, photo))}
    </ul>
    <div>
      <input
        id="photos"
        class="visually-hidden"
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp,image/avif,application/pdf"
        ?disabled=${isFull}
        aria-describedby="photos-error photos-hint"
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement
          on.addPhotos([...(input.files ?? [])])
          input.value = ''
        }}
      />
      <label for="photos" class="button wide" ?hidden=${isFull}>${words.add}</label>
    </div>
    <div
      id="photos-error"
      class="error"
      role="alert"
      ?hidden=${!error && photoProblems.length === 0}
    >
      ${photoProblems.map((problem) => html`<p>${problem}</p>`)}
      ${error ? html`<p>${error}</p>` : nothing}
    </div>
    <p id="photos-hint" class="hint">${isFull ? words.full : words.hint}</p>
  </div>`
}

function photoItem({ t, lang, on }: ReportView, { id, file, url }: Photo) {
  return html`<li class="photo card">
    ${
      url
        ? html`<img src=${url} alt="" width="56" height="56" />`
        : html`<span class="pdf" aria-hidden="true">PDF</span>`
    }
    <span class="file-name"
      >${file.name}<small class="soft">${fileSizeInWords(file.size, lang)}</small></span
    >
    <button
      type="button"
      class="quiet"
      aria-label=${t.report.photos.remove(file.name)}
      @click=${() => on.removePhoto(id)}
    >
      <span class="cross" aria-hidden="true">×</span>
    </button>
  </li>`
}
