import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ReportReceipt } from '#contracts/reports'
import { baseUrl, isForeignPage } from '../api/base-url.ts'
import { groupCode, groupPin } from '../format/case-code.ts'
import { dueInWords, momentInWords, timeLeft } from '../format/moment.ts'
import { emergencyAdvice } from './emergency.ts'
import { copyReceipt, printReceipt, saveReceipt } from './receipt-keeping.ts'
import type { ReportView } from './report-view.ts'

/** What the citizen takes home: code, PIN, who answers, by when, and what happens next. */
export function receipt(view: ReportView, received: ReportReceipt): TemplateResult {
  const { t, on } = view
  const words = t.report.receipt
  return html`<h2 tabindex="-1">${words.title}</h2>
    ${received.urgency === 'emergency' ? emergencyAdvice(view, received.emergencyAdvice) : nothing}
    <div class="got code-card">
      <span id="code-label">${words.code}</span>
      <output class="big numbers" data-testid="code" aria-labelledby="code-label"
        >${groupCode(received.code)}</output
      >
      <span
        ><span id="pin-label">${words.pin}</span>
        <output class="numbers" aria-labelledby="pin-label"
          ><strong data-testid="pin">${groupPin(received.pin)}</strong></output
        >: ${words.once}</span
      >
    </div>
    ${keeping(view, received)} ${due(view, received)}
    <h3>${words.next}</h3>
    <ol class="steps">
      ${steps(view, received).map(
        ({ text, at, isDone }) =>
          html`<li class=${isDone ? 'done' : 'coming'}>
            ${text}${at ? html`<small>${at}</small>` : nothing}
          </li>`,
      )}
    </ol>
    ${follow(view, received)}
    <button type="button" class="wide" @click=${on.startAnother}>${words.another}</button>`
}

function keeping(view: ReportView, received: ReportReceipt) {
  const { t, on } = view
  const words = t.report.receipt
  const lines = receiptLines(view, received)
  const copy = async () => on.announce((await copyReceipt(lines)) ? words.copied : words.copyFailed)
  return html`<div class="row keeping">
    <button type="button" @click=${() => void copy()}>${words.copy}</button>
    <button
      type="button"
      @click=${() => saveReceipt(lines, `${words.fileName}-${received.code}.txt`)}
    >
      ${words.save}
    </button>
    <button type="button" @click=${() => printReceipt(lines, t.portal.name)}>${words.print}</button>
  </div>`
}

function due(view: ReportView, receipt: ReportReceipt) {
  const { dueAt, workingDaysLeft, agency, fieldName } = receipt
  const { t } = view
  const words = t.report.receipt
  return html`<dl class="card facts">
    ${
      fieldName
        ? html`<div>
            <dt>${words.field}</dt>
            <dd>${fieldName}</dd>
          </div>`
        : nothing
    }
    <div>
      <dt>${words.agency}</dt>
      <dd>${agency?.name ?? t.report.preview.triage}</dd>
    </div>
    <div>
      <dt>${words.due}</dt>
      <dd>
        ${
          dueAt
            ? html`${dueInWords(dueAt, view)},
                <span class="left">${timeLeft(dueAt, workingDaysLeft ?? 0, view)}</span>`
            : t.due.none
        }
      </dd>
    </div>
  </dl>`
}

interface NextStep {
  readonly text: string
  readonly at?: string
  readonly isDone: boolean
}

function steps(
  view: ReportView,
  { receivedAt, agency, dueAt }: ReportReceipt,
): readonly NextStep[] {
  const words = view.t.report.receipt
  const at = momentInWords(receivedAt, view)
  return [
    { text: words.received, at, isDone: true },
    agency
      ? { text: words.routed(agency.name), at, isDone: true }
      : { text: words.triaging, isDone: false },
    { text: words.accepts, isDone: false },
    {
      text: words.answers,
      ...(dueAt && { at: view.t.report.preview.by(dueInWords(dueAt, view)) }),
      isDone: false,
    },
    { text: words.rates, isDone: false },
  ]
}

function follow({ t }: ReportView, { code }: ReportReceipt) {
  const { follow: label } = t.report.receipt
  const url = statusUrl(code)
  return isForeignPage()
    ? html`<a class="button primary wide" href=${url} target="_blank" rel="noopener"
        >${label}<span class="visually-hidden">${t.opensNewPage}</span></a
      >`
    : html`<a class="button primary wide" href=${url}>${label}</a>`
}

/** The page of a case; the PIN is never part of an address. */
function statusUrl(code: string): string {
  return new URL(`cases/${code}`, baseUrl).href
}

function receiptLines(view: ReportView, received: ReportReceipt): readonly string[] {
  const words = view.t.report.receipt
  return [
    `${words.code}: ${groupCode(received.code)}`,
    `${words.pin}: ${groupPin(received.pin)}`,
    ...(received.agency ? [`${words.agency}: ${received.agency.name}`] : []),
    ...(received.dueAt ? [`${words.due}: ${dueInWords(received.dueAt, view)}`] : []),
    statusUrl(received.code),
  ]
}
