import type { CallDoor, Query } from '../provider.ts'

// Ours may be restarting: without this Twilio tries again only where it could not connect at all.
// A fragment is an instruction to Twilio and is not part of what it signs.
const RETRY = '#rc=3&rp=5xx,ct,rt'

/** The public address of a door, with what it carries on to the next webhook. */
export function doorUrl(doorsUrl: string, door: CallDoor, query: Query = {}): string {
  const carried = new URLSearchParams(query).toString()
  return `${doorsUrl}/${door}${carried === '' ? '' : `?${carried}`}${RETRY}`
}

/** Under the doors, where the melody is that callers hear unless an administrator set another. */
export const MUSIC_FILE = 'waiting-music.wav'

/** Its public address. */
export function musicUrl(doorsUrl: string): string {
  return `${doorsUrl}/${MUSIC_FILE}`
}

/** The library escapes markup, but a character that XML has no place for would make it throw. */
export function cleanText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
