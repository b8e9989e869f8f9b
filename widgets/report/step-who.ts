import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Consent } from '#contracts/vocabulary'
import { textField } from '../design/text-field.ts'
import { fieldName } from './preview-panel.ts'
import { errorAt } from './report-state.ts'
import type { ReportView } from './report-view.ts'
import { sendingPanel } from './sending-panel.ts'

/** Third step: how to reach the citizen, what they allow, and off it goes. */
export function stepWho(view: ReportView): TemplateResult {
  const { t, state, on } = view
  const { who } = t.report
  const isSending = state.sending.phase !== 'idle'
  return html`<h2 tabindex="-1">${who.title}</h2>
    <p class="soft">${who.hint}</p>
    <fieldset class="stack" ?disabled=${isSending}>
      <legend class="visually-hidden">${who.title}</legend>
      ${contactField(view, 'name', 'text', 'name')} ${contactField(view, 'phone', 'tel', 'tel')}
      ${contactField(view, 'email', 'email', 'email')}
      ${consent(view, 'contact', who.contactConsent, who.contactConsentHint)}
      ${consent(view, 'publish', who.publishConsent, who.publishConsentHint)}
    </fieldset>
    ${summary(view)}
    ${
      isSending
        ? sendingPanel(view)
        : html`<button type="submit" class="primary wide">${who.send}</button>
            <button type="button" class="wide" @click=${on.back}>${t.back}</button>`
    }`
}

function contactField(
  { t, state, on }: ReportView,
  part: 'name' | 'phone' | 'email',
  type: 'text' | 'tel' | 'email',
  autocomplete: AutoFill,
) {
  return textField({
    id: part,
    label: t.report.who[part],
    value: state.draft.contact[part],
    error: errorAt(state.errors, `/contact/${part}`),
    type,
    autocomplete,
    maxLength: { name: 100, phone: 30, email: 254 }[part],
    onInput: (value) => on.editContact({ [part]: value }),
  })
}

function consent({ state, on }: ReportView, id: Consent, label: string, hint: string) {
  return html`<div class="tick">
    <input
      type="checkbox"
      id="consent-${id}"
      .checked=${state.consents.includes(id)}
      aria-describedby="consent-${id}-hint"
      @change=${(event: Event) => on.consent(id, (event.target as HTMLInputElement).checked)}
    />
    <label for="consent-${id}">${label}</label>
    <span class="hint" id="consent-${id}-hint">${hint}</span>
  </div>`
}

/** The report at a glance, so that nothing leaves unseen. */
function summary(view: ReportView) {
  const { t, state } = view
  const { draft, photos, preview } = state
  const { who } = t.report
  const field = draft.fieldId ? fieldName(view, draft.fieldId) : preview.value?.fieldName
  const place = [draft.address, draft.unit?.name].filter(Boolean).join(', ')
  const parts = [
    field,
    place || (draft.pin ? null : who.noPlace),
    photos.length > 0 ? who.photoCount(photos.length) : null,
  ].filter(Boolean)
  return html`<div class="card">
    <h3>${who.summary}</h3>
    <p class="excerpt">${draft.text}</p>
    ${parts.length > 0 ? html`<p class="soft">${parts.join(' · ')}</p>` : nothing}
  </div>`
}
