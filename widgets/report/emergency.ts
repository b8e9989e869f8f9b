import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Catalogue } from '#contracts/catalogue'
import type { Language } from '#contracts/vocabulary'
import type { Messages } from '../i18n/vi.ts'

/** What the emergency numbers are shown with; they are there before the catalogue is. */
export interface EmergencyView {
  readonly t: Messages
  readonly lang: Language
  readonly catalogue: Catalogue | null
}

/** Said at once when somebody may be in danger. */
export function emergencyAdvice(view: EmergencyView, advice: string | null): TemplateResult {
  return html`<div class="urgent stack" role="alert">
    <h3>${view.t.emergency.title}</h3>
    <p>${advice ?? view.t.emergency.advice}</p>
    <div class="row">${numbers(view).map((each) => call(view, each, 'button danger'))}</div>
  </div>`
}

/** The quiet line below a form. */
export function emergencyLine(view: EmergencyView): TemplateResult {
  return html`<div class="soft">
    <p>${view.t.emergency.line}</p>
    <div class="emergency-line">${numbers(view).map((each) => call(view, each, 'number'))}</div>
  </div>`
}

function call({ t }: EmergencyView, [number, name]: readonly [string, string], look: string) {
  return html`<a class=${look} href="tel:${number}" aria-label=${t.emergency.call(number, name)}
    ><strong>${number}</strong> ${name}</a
  >`
}

function numbers({ t, lang, catalogue }: EmergencyView): readonly (readonly [string, string])[] {
  const known = catalogue?.emergencyNumbers ?? []
  if (known.length === 0) return Object.entries(t.emergency.numbers)
  return known.map(({ number, name }) => [number, name[lang]] as const)
}
