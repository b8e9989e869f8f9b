import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { textField } from '../design/text-field.ts'
import type { StatusView } from './status-view.ts'

/** Asks for code and PIN. */
export function keyForm({ t, state, on }: StatusView): TemplateResult {
  const words = t.status
  const view = (event: Event) => {
    event.preventDefault()
    on.view()
  }
  return html`<h2 tabindex="-1">${words.title}</h2>
    <p class="soft">${words.hint}</p>
    <form class="stack" novalidate autocomplete="off" @submit=${view}>
      <div class="key">
        ${textField({
          id: 'code',
          label: words.code,
          hint: words.codeHint,
          value: state.code,
          error: state.codeError,
          inputMode: 'numeric',
          maxLength: 30,
          onInput: (code) => on.editKey({ code }),
        })}
        ${textField({
          id: 'pin',
          label: words.pin,
          hint: words.pinHint,
          value: state.pin,
          error: state.pinError,
          inputMode: 'numeric',
          maxLength: 20,
          onInput: (pin) => on.editKey({ pin }),
        })}
      </div>
      <button type="submit" class="primary wide" ?disabled=${state.isBusy}>
        ${state.isBusy ? words.viewing : words.view}
      </button>
      ${state.failure ? html`<p class="warn" role="alert">${state.failure}</p>` : nothing}
    </form>`
}
