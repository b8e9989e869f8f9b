import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ReportPreview } from '#contracts/reports'
import { dueInWords, momentInWords } from '../format/moment.ts'
import { distanceInWords } from '../format/quantity.ts'
import { emergencyAdvice } from './emergency.ts'
import type { ReportView } from './report-view.ts'

const SIMILAR_SHOWN = 3

/** What we understood so far, correctable, with what the citizen should know before sending. */
export function previewPanel(view: ReportView): TemplateResult {
  const { value } = view.state.preview
  return html`${value?.urgency === 'emergency' ? emergencyAdvice(view, value.emergencyAdvice) : nothing}
    <div class="got stack preview" aria-busy=${view.state.preview.phase === 'reading'}>
      <div role="status" class="understood">${understood(view)}</div>
      ${value || view.state.draft.fieldId ? fieldChoice(view, value) : nothing}
    </div>
    ${value ? notes(view, value) : nothing}`
}

function understood(view: ReportView) {
  const { t, state } = view
  const words = t.report.preview
  const { phase, value } = state.preview
  if (state.draft.fieldId) {
    return html`<p>${words.chosen} <strong>${fieldName(view, state.draft.fieldId)}</strong></p>
      <p>${words.agencyLater}</p>`
  }
  if (!value) {
    const waiting = { none: words.waiting, reading: words.reading, ready: '', failed: words.failed }
    return html`<p>${waiting[phase]}</p>`
  }
  return html`<p>
      ${value.isSure || !value.field ? words.understood : words.unsure}
      <strong>${value.fieldName ?? words.unknown}</strong>
    </p>
    <p>${answeredBy(view, value)}</p>`
}

function answeredBy(view: ReportView, { agency, dueAt, triageReason }: ReportPreview) {
  const words = view.t.report.preview
  if (!agency) return triageReason === 'no-place' ? words.agencyNeedsPlace : words.triage
  const due = dueAt ? html`, ${words.by(dueInWords(dueAt, view))}` : nothing
  return html`${words.answeredBy} <strong>${agency.name}</strong>${due}`
}

function fieldChoice(view: ReportView, preview: ReportPreview | null) {
  const { t, state, on, isChoosingField } = view
  const words = t.report.preview
  const choose = (fieldId: string | null) => () => on.edit({ fieldId })
  const suggestions = preview?.isSure || state.draft.fieldId ? [] : (preview?.alternatives ?? [])
  if (isChoosingField) return fieldSelect(view)
  return html`<div class="row">
    ${suggestions.map(
      ({ field, fieldName: name }) =>
        html`<button type="button" @click=${choose(field)}>${name}</button>`,
    )}
    <button type="button" class="quiet" @click=${on.chooseField}>${words.change}</button>
  </div>`
}

function fieldSelect(view: ReportView) {
  const { t, lang, state, catalogue, on } = view
  const words = t.report.preview
  const known = catalogue?.fields.map(({ id, name }) => [id, name[lang]] as const)
  const options = known ?? alternativesOf(state.preview.value)
  return html`<div class="field">
    <label class="label" for="field">${words.field}</label>
    <select
      id="field"
      .value=${live(state.draft.fieldId ?? '')}
      @change=${(event: Event) => on.edit({ fieldId: (event.target as HTMLSelectElement).value || null })}
    >
      <option value="">${words.letYouChoose}</option>
      ${options.map(
        ([id, name]) =>
          html`<option value=${id} ?selected=${id === state.draft.fieldId}>${name}</option>`,
      )}
    </select>
  </div>`
}

/** The name of a field in the citizen's language, from whatever has arrived. */
export function fieldName({ catalogue, lang, state }: ReportView, id: string): string {
  const field = catalogue?.fields.find((each) => each.id === id)
  if (field) return field.name[lang]
  return alternativesOf(state.preview.value).find(([each]) => each === id)?.[1] ?? id
}

function alternativesOf(preview: ReportPreview | null): readonly (readonly [string, string])[] {
  return preview?.alternatives.map(({ field, fieldName: name }) => [field, name] as const) ?? []
}

function notes({ t }: ReportView, { kind, hasPersonalData }: ReportPreview) {
  const words = t.report.preview
  const legal = kind === 'complaint' || kind === 'denunciation' ? words.kinds[kind] : null
  return html`${legal ? html`<p class="warn">${legal}</p>` : nothing}
  ${hasPersonalData ? html`<p class="warn">${words.personalData}</p>` : nothing}`
}

/** Open cases that look the same, to be read or not. */
export function similarCases(view: ReportView): TemplateResult | typeof nothing {
  const preview = view.state.preview.value
  if (!preview || preview.similar.length === 0) return nothing
  const { t, lang } = view
  const words = t.report.similar
  return html`<section class="card stack" aria-labelledby="similar">
    <h3 id="similar">${words.title(preview.similar.length)}</h3>
    <ul class="stack">
      ${preview.similar.slice(0, SIMILAR_SHOWN).map((each) => {
        const far = each.distanceMeters
        const details = [
          far === null ? '' : words.near(distanceInWords(far, lang)),
          momentInWords(each.receivedAt, view),
          each.agencyName ?? '',
        ]
        return html`<li>
          ${each.summary}<br /><small class="soft">${details.filter(Boolean).join(' · ')}</small>
        </li>`
      })}
    </ul>
    <p class="soft">${words.note}</p>
  </section>`
}
