import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { live } from 'lit/directives/live.js'

interface TextField {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string
  readonly error?: string | null
  readonly type?: 'text' | 'tel' | 'email' | 'search'
  readonly autocomplete?: AutoFill
  readonly inputMode?: 'numeric'
  readonly maxLength?: number
}

/** A labelled line to write in, with its hint and what is wrong beside it. */
export function textField(field: TextField): TemplateResult {
  return html`<div class="field">
    <label class="label" for=${field.id}>${field.label}</label>
    <input
      id=${field.id}
      type=${field.type ?? 'text'}
      .value=${live(field.value)}
      autocomplete=${field.autocomplete ?? 'off'}
      inputmode=${ifDefined(field.inputMode)}
      maxlength=${ifDefined(field.maxLength)}
      aria-describedby=${ifDefined(describedBy(field))}
      aria-invalid=${field.error ? 'true' : 'false'}
      @input=${onInput(field)}
    />
    ${notes(field)}
  </div>`
}

/** The same with room for several lines. */
export function textArea(field: TextField): TemplateResult {
  return html`<div class="field">
    <label class="label" for=${field.id}>${field.label}</label>
    <textarea
      id=${field.id}
      .value=${live(field.value)}
      rows="3"
      maxlength=${ifDefined(field.maxLength)}
      aria-describedby=${ifDefined(describedBy(field))}
      aria-invalid=${field.error ? 'true' : 'false'}
      @input=${onInput(field)}
    ></textarea>
    ${notes(field)}
  </div>`
}

function onInput({ onInput: tell }: TextField) {
  return (event: InputEvent) => tell((event.target as HTMLInputElement | HTMLTextAreaElement).value)
}

function describedBy({ id, hint, error }: TextField): string | undefined {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function notes({ id, hint, error }: TextField) {
  return html`${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
  ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}`
}
