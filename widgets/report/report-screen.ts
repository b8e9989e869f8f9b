import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { errorSummary } from './error-summary.ts'
import { receipt } from './receipt.ts'
import { STEPS } from './report-state.ts'
import type { Step } from './report-state.ts'
import type { ReportView } from './report-view.ts'
import { stepWhat } from './step-what.ts'
import { stepWhere } from './step-where.ts'
import { stepWho } from './step-who.ts'

const screens: Record<Step, (view: ReportView) => TemplateResult> = {
  what: stepWhat,
  where: stepWhere,
  who: stepWho,
}

/** The screen the form is on. */
export function reportScreen(view: ReportView, announcement: string): TemplateResult {
  const { t, state, on } = view
  const next = (event: Event) => {
    event.preventDefault()
    on.next()
  }
  return html`<section class="panel" aria-label=${t.report.region}>
    ${
      state.receipt
        ? receipt(view, state.receipt)
        : html`${progress(view)} ${restored(view)}
            <form novalidate @submit=${next}>
              ${errorSummary(view)} ${screens[state.step](view)}
            </form>`
    }
    <p class="visually-hidden" role="status">${announcement}</p>
  </section>`
}

function progress({ t, state }: ReportView) {
  const current = STEPS.indexOf(state.step)
  return html`<div class="progress" role="img" aria-label=${t.report.progress(current + 1)}>
    ${STEPS.map((_, index) => html`<i class=${index <= current ? 'on' : ''}></i>`)}
    <span class="numbers">${current + 1} / ${STEPS.length}</span>
  </div>`
}

function restored({ t, state, on }: ReportView) {
  if (!state.isRestored || state.step !== 'what') return nothing
  return html`<div class="card row">
    <span>${t.report.restored}</span>
    <button type="button" class="quiet" @click=${on.discardDraft}>${t.report.discard}</button>
  </div>`
}
