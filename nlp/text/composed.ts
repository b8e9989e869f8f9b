/** A text in composed form, with the way back: `offsets[i]` is where unit `i` began in the original. */
export type ComposedText = { readonly text: string; readonly offsets: Int32Array | null }

/** Letters that NFC leaves apart or wrong: bad đ, invisible letters, odd spaces and digits. */
const NEEDS_WORK =
  /[\u0300-\u036f\u00d0\u0256\u0189\u00a0\u2000-\u200f\u202a-\u202f\u2060-\u2064\ufeff\uff01-\uff5e\ud800-\udfff]/

/** Composes a text (NFC, plain spaces and digits, no invisible letters) and keeps the way back. */
export function composeText(original: string): ComposedText {
  if (!NEEDS_WORK.test(original)) return { text: original, offsets: null }
  const offsets: number[] = []
  let text = ''
  for (let at = 0; at < original.length;) {
    const end = clusterEnd(original, at)
    const composed = composeCluster(original.slice(at, end))
    for (let unit = 0; unit < composed.length; unit++) offsets.push(Math.min(at + unit, end - 1))
    text += composed
    at = end
  }
  offsets.push(original.length)
  return { text, offsets: Int32Array.from(offsets) }
}

/** The original range of a range in the composed text. */
export function originalRange(
  composed: ComposedText,
  start: number,
  end: number,
): { start: number; end: number } {
  if (!composed.offsets) return { start, end }
  return { start: composed.offsets[start] ?? 0, end: composed.offsets[end] ?? start }
}

function clusterEnd(text: string, at: number): number {
  let end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  while (end < text.length && isCombining(text.charCodeAt(end))) end++
  return end
}

function isCombining(code: number): boolean {
  return code >= 0x300 && code <= 0x36f
}

function composeCluster(cluster: string): string {
  const code = cluster.charCodeAt(0)
  if (code === 0xd0) return 'Đ' + cluster.slice(1)
  if (code === 0x256) return 'đ' + cluster.slice(1)
  if (code === 0x189) return 'Đ' + cluster.slice(1)
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f) return ' '
  if (/^\p{Cf}/u.test(cluster)) return ''
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return cluster.normalize('NFC')
}
