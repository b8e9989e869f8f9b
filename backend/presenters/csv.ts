/** Rows as CSV (RFC 4180). */
export function csvRows(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** Goes before the first row, so that spreadsheets read Vietnamese. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** A cell; what a spreadsheet would take for a formula is made a text. */
function cell(value: string | number): string {
  const text = String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
