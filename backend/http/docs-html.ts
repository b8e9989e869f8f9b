/** Text that is markup already. */
export type Html = { readonly html: string }

type Value = Html | readonly Html[] | string | number

/** Markup with values in it: texts are escaped, markup goes in as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const filled = parts.map((part, index) => {
    const value = values[index]
    // The indentation is the source's, not the page's.
    const tight = part.replace(/\n\s+/g, '\n')
    return value === undefined ? tight : `${tight}${markupOf(value)}`
  })
  return { html: filled.join('') }
}

/** No markup at all. */
export const NOTHING: Html = { html: '' }

/** A text whose `words` between backticks are code. */
export function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => {
    return index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`
  })
}

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value))
  return 'html' in value ? value.html : value.map((each) => each.html).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
