import { createRandom } from './random.ts'

/** Every so many letters is hit: about what thumbs make of a text on a small keyboard. */
const SHARE_OF_LETTERS = 0.06
const FIRST_LETTER = 0x61
const LETTER_COUNT = 26

/**
 * The text as somebody in a hurry might have typed it: letters left out, doubled, swapped or
 * wrong. The same text always comes out the same.
 */
export function mistype(text: string): string {
  const random = createRandom(hashOf(text))
  let typed = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === ' ' || random() >= SHARE_OF_LETTERS) {
      typed += letter
      continue
    }
    const slip = Math.floor(random() * 4)
    const next = text.charAt(at + 1)
    if (slip === 1) typed += letter + letter
    else if (slip === 2 && next !== '') {
      typed += next + letter
      at++
    } else if (slip === 3) {
      typed += String.fromCharCode(FIRST_LETTER + Math.floor(random() * LETTER_COUNT))
    }
  }
  return typed
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
