import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ReportStatus } from '#contracts/reports'
import { groupCode } from '../format/case-code.ts'
import { dayInWords, dueInWords, momentInWords, timeLeft } from '../format/moment.ts'
import { actPanel } from './act-panel.ts'
import type { StatusView } from './status-view.ts'

const OWED: ReadonlySet<ReportStatus['status']> = new Set([
  'triage',
  'routed',
  'accepted',
  'answered',
  'returned',
  'reopened',
])

/** A case as its citizen sees it: state, answer, steps, and what they can do. */
export function caseScreen(view: StatusView, shown: ReportStatus): TemplateResult {
  const { t, on } = view
  return html`<div class="head">
      <h2 tabindex="-1">${shown.statusText}</h2>
      <span class="soft numbers">${t.status.code} ${groupCode(shown.code)}</span>
    </div>
    ${response(view, shown)} ${actPanel(view, shown)} ${facts(view, shown)}
    <h2>${t.status.steps}</h2>
    <ol class="steps">
      ${shown.timeline.map(
        (step) =>
          html`<li>
            ${step.text}<small
              ><time datetime=${step.at}>${momentInWords(step.at, view)}</time></small
            >
          </li>`,
      )}
    </ol>
    <section class="card stack">
      <h3>${t.status.yours}</h3>
      <blockquote class="words">${shown.text}</blockquote>
      ${files(view, shown)}
    </section>
    <button type="button" class="quiet" @click=${on.leave}>${t.status.another}</button>`
}

function response({ t, lang }: StatusView, { response: given, agency }: ReportStatus) {
  if (!given) return nothing
  const day = dayInWords(given.publishedAt, lang)
  return html`<div class="got stack">
    <strong>
      ${agency ? t.status.response(agency.name, day) : t.status.responseNobody(day)}
    </strong>
    <blockquote class="words">${given.text}</blockquote>
  </div>`
}

function facts(view: StatusView, current: ReportStatus) {
  const { fieldName, agency, dueAt, workingDaysLeft, isOverdue, status } = current
  const { t } = view
  const isOwed = OWED.has(status)
  const left = dueAt && isOwed ? timeLeft(dueAt, workingDaysLeft ?? 0, view) : null
  return html`<dl class="card facts">
    ${fieldName ? fact(t.report.receipt.field, fieldName) : nothing}
    ${agency || isOwed ? fact(t.status.agency, agency?.name ?? t.status.noAgency) : nothing}
    ${
      dueAt || isOwed
        ? fact(
            t.status.due,
            dueAt
              ? html`${dueInWords(dueAt, view)}${
                  left ? html`, <span class=${isOverdue ? 'late' : 'left'}>${left}</span>` : nothing
                }`
              : t.due.none,
          )
        : nothing
    }
  </dl>`
}

function fact(name: string, value: unknown) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`
}

function files({ t, files: fetched }: StatusView, { attachments }: ReportStatus) {
  if (attachments.length === 0) return nothing
  return html`<h3>${t.status.photos}</h3>
    <ul class="files">
      ${attachments.map(({ id, mediaType }, index) => {
        const file = fetched.get(id) ?? null
        return html`<li>${fileTile(t, file, mediaType, index + 1)}</li>`
      })}
    </ul>`
}

function fileTile(
  t: StatusView['t'],
  file: { readonly url: string } | 'failed' | null,
  mediaType: string,
  index: number,
) {
  if (file === 'failed') return html`<span class="tile soft">${t.status.photoFailed}</span>`
  if (!file) return html`<span class="tile soft" aria-busy="true">${t.loading}</span>`
  if (!mediaType.startsWith('image/')) {
    return html`<a class="tile" href=${file.url} download="${index}.pdf"
      >${t.status.file(index)}</a
    >`
  }
  return html`<a class="tile" href=${file.url} target="_blank" rel="noopener"
    ><img src=${file.url} alt=${t.status.photo(index)}
  /></a>`
}
