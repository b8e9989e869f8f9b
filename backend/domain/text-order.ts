import { parseCaseCode } from './case-code.ts'
import { foldVietnamese } from './fold.ts'

/** What a text message asks of us, where it is not a report. */
export type TextOrder =
  | { readonly type: 'stop' }
  | { readonly type: 'start' }
  /** `code` is null where none was given, or none that can be a code. */
  | { readonly type: 'status'; readonly code: string | null }
  | { readonly type: 'report' }

// The ones telephone companies know, and what Vietnamese operators taught people to send.
const STOP_WORDS = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'optout',
  'huy',
  'huy dang ky',
  'huydk',
  'huy dk',
  'dung',
  'ngung',
  'tu choi',
  'tuchoi',
])
const START_WORDS = new Set(['start', 'unstop', 'batlai', 'bat lai', 'dang ky lai', 'mo lai'])

// "Đúng" (right) and "dùng" (use) are no orders, though without marks they are written alike.
const STOP_AS_WRITTEN = new Set(['dung', 'dừng'])

const STATUS = /^(?:trang ?thai|status)\s*(?:ma(?: so)?|code)?[\s:.#-]*(?<code>[0-9 .-]{0,24})$/

/** Reads the order in a text message; whatever is no order, word by word, is a report. */
export function textOrder(text: string): TextOrder {
  const bare = text.replace(/^[\s"'“”.!]+|[\s"'“”.!]+$/gu, '')
  const folded = foldVietnamese(bare)
  if (STOP_WORDS.has(folded) && (folded !== 'dung' || STOP_AS_WRITTEN.has(lower(bare)))) {
    return { type: 'stop' }
  }
  if (START_WORDS.has(folded)) return { type: 'start' }
  const asked = STATUS.exec(folded)
  if (asked !== null) return { type: 'status', code: parseCaseCode(asked.groups?.['code'] ?? '') }
  return { type: 'report' }
}

function lower(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
