import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ReportStatus } from '#contracts/reports'
import { textArea } from '../design/text-field.ts'
import type { Act } from './status-state.ts'
import type { StatusView } from './status-view.ts'

const SCORES = ['1', '2', '3', '4', '5'] as const

/** What the citizen can do now: say whether it is solved, add something, withdraw. */
export function actPanel(view: StatusView, shown: ReportStatus): TemplateResult {
  const { state, t } = view
  return html`<div class="stack">
    ${state.done ? html`<p class="good" role="status">${t.status.done[state.done]}</p>` : nothing}
    ${shown.rating ? html`<p class="soft">${t.status.rated(shown.rating.score)}</p>` : nothing}
    ${state.act ? openForm(view, state.act) : choices(view, shown)}
  </div>`
}

function choices(
  { t, on }: StatusView,
  { canRate, canDispute, canSupplement, canWithdraw }: ReportStatus,
) {
  const words = t.status
  const choice = (act: Act, label: string, look: string) =>
    html`<button type="button" class=${look} id="choose-${act}" @click=${() => on.choose(act)}>
      ${label}
    </button>`
  return html`${
    canRate || canDispute
      ? html`<h3>${words.solved}</h3>
          <div class="two">
            ${canRate ? choice('rating', words.yes, 'primary') : nothing}
            ${canDispute ? choice('dispute', words.no, '') : nothing}
          </div>
          ${canDispute ? html`<p class="soft">${words.solvedHint}</p>` : nothing}`
      : nothing
  }
  ${canSupplement ? choice('messages', words.supplement, 'wide') : nothing}
  ${canWithdraw ? choice('withdrawal', words.withdraw, 'quiet danger') : nothing}`
}

function openForm(view: StatusView, act: Act) {
  const { t, state, on } = view
  const send = (event: Event) => {
    event.preventDefault()
    on.act(act)
  }
  const labels: Record<Act, string> = {
    rating: t.status.sendRating,
    dispute: t.status.sendDispute,
    messages: t.status.sendMessage,
    withdrawal: t.status.withdrawYes,
  }
  return html`<form class="card stack" id="act" tabindex="-1" novalidate @submit=${send}>
    ${content(view, act)}
    ${state.failure ? html`<p class="warn" role="alert">${state.failure}</p>` : nothing}
    <div class="two">
      <button type="submit" class="primary" ?disabled=${state.isBusy}>${labels[act]}</button>
      <button type="button" ?disabled=${state.isBusy} @click=${() => on.choose(null)}>
        ${t.cancel}
      </button>
    </div>
  </form>`
}

function content(view: StatusView, act: Act) {
  const { t } = view
  const contents: Record<Act, () => TemplateResult> = {
    rating: () => html`${scores(view)} ${words(view, t.status.comment, '', 1_000, null)}`,
    dispute: () => words(view, t.status.reason, t.status.reasonHint, 2_000, view.state.actError),
    messages: () => words(view, t.status.message, '', 2_000, view.state.actError),
    withdrawal: () => html`<p><strong>${t.status.withdrawSure}</strong></p>`,
  }
  return contents[act]()
}

function scores({ t, state, on }: StatusView) {
  return html`<fieldset
    role="radiogroup"
    aria-labelledby="scores-label"
    aria-describedby="scores-error"
    aria-required="true"
  >
    <legend class="label" id="scores-label">${t.status.rate}</legend>
    ${SCORES.toReversed().map(
      (score) =>
        html`<label class="tick score">
          <input
            type="radio"
            name="score"
            value=${score}
            .checked=${state.score === Number(score)}
            @change=${() => on.edit({ score: Number(score) })}
          />
          <span>${t.status.scores[score]}</span>
        </label>`,
    )}
    <p class="error" id="scores-error" role="alert" ?hidden=${!state.actError}>${state.actError}</p>
  </fieldset>`
}

function words(
  { state, on }: StatusView,
  label: string,
  hint: string,
  maxLength: number,
  error: string | null,
) {
  return textArea({
    id: 'words',
    label,
    hint,
    value: state.words,
    error,
    maxLength,
    onInput: (written) => on.edit({ words: written }),
  })
}
