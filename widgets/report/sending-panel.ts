import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ReportView } from './report-view.ts'

/** What is happening to a report on its way, and what the citizen can do about it. */
export function sendingPanel(view: ReportView): TemplateResult {
  const { sending } = view.state
  return html`<div class="stack sending" id="sending" tabindex="-1">
    ${sending.phase === 'waiting' ? waiting(view, sending) : progress(view)}
  </div>`
}

function progress({ t, state: { sending, photos } }: ReportView) {
  const words = t.report.sending
  if (sending.phase !== 'uploading') return html`<p role="status">${words.preparing}</p>`
  const percent = Math.floor(sending.progress * 100)
  if (photos.length === 0) return html`<p role="status">${words.sending}</p>`
  return html`<label for="progress">${words.uploading(percent)}</label>
    <progress id="progress" max="100" value=${percent}></progress>`
}

function waiting(
  { t, now, on }: ReportView,
  {
    because,
    retryAt,
  }: { readonly because: 'offline' | 'timeout' | 'unavailable'; readonly retryAt: number },
) {
  const words = t.report.sending
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000))
  return html`<div class="warn">
      <p role="alert">${t.failure[because]} ${words.kept}</p>
      <p class="numbers">
        ${words.again(seconds)} ${because === 'offline' ? words.againOnline : nothing}
      </p>
    </div>
    <button type="button" class="primary wide" @click=${on.sendNow}>${words.now}</button>
    <button type="button" class="wide" @click=${on.stopSending}>${words.edit}</button>`
}
