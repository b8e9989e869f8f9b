const REVOKE_AFTER_MS = 10_000

/** Puts the lines on the clipboard; false where the browser refuses. */
export async function copyReceipt(lines: readonly string[]): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(lines.join('\n'))
    return true
  } catch {
    return false
  }
}

/** Saves the lines as a text file. */
export function saveReceipt(lines: readonly string[], fileName: string): void {
  // The mark at the start makes Windows' editor read the Vietnamese letters rightly.
  const file = new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], {
    type: 'text/plain;charset=utf-8',
  })
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS)
}

/** Prints the lines alone, not the page around them. */
export function printReceipt(lines: readonly string[], title: string): void {
  const frame = document.createElement('iframe')
  frame.hidden = true
  document.body.append(frame)
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (!page || !view) {
    frame.remove()
    return
  }
  page.title = title
  const heading = page.createElement('h1')
  heading.textContent = title
  const paragraphs = lines.map((line) => {
    const paragraph = page.createElement('p')
    paragraph.textContent = line
    return paragraph
  })
  page.body.style.font = '14pt/1.6 sans-serif'
  page.body.append(heading, ...paragraphs)
  view.addEventListener('afterprint', () => frame.remove())
  view.print()
}
