import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ReportView } from './report-view.ts'

const controls: readonly (readonly [string, string])[] = [
  ['/photos', '#photos'],
  ['/place/unitCode', 'hoiam-unit-picker'],
  ['/place', '#address'],
  ['/contact/phone', '#phone'],
  ['/contact/email', '#email'],
  ['/contact', '#name'],
  ['/consents', '#consent-contact'],
]

/** The control in which the value at `pointer` is written. */
export function controlFor(pointer: string): string {
  return controls.find(([prefix]) => pointer.startsWith(prefix))?.[1] ?? '#text'
}

/** Everything that keeps a report from leaving, each a way to where it is mended. */
export function errorSummary({ t, state, on }: ReportView): TemplateResult | typeof nothing {
  const { errors, refusal } = state
  if (!refusal && errors.length < 2) return nothing
  // A server that has only one thing to say says it once.
  const saysMore = refusal && refusal !== errors[0]?.detail
  const heading = saysMore ? refusal : t.failure.summary(errors.length)
  return html`<div class="urgent stack summary" id="summary" role="alert" tabindex="-1">
    <p><strong>${heading}</strong></p>
    <ul>
      ${errors.map(
        ({ pointer, detail }) =>
          html`<li>
            <button type="button" class="quiet" @click=${() => on.attend(pointer)}>
              ${detail}
            </button>
          </li>`,
      )}
    </ul>
  </div>`
}
