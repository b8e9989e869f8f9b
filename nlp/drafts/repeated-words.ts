import type { Span } from '../reading.ts'
import type { Word } from '../text/words.ts'

/** A run of this many words in the same order is no chance. */
const RUN = 5
/** From this share of the draft on, it is the question's. */
const MOST_SHARE = 0.5
/** Words of courtesy and form that say nothing of the matter. */
const COURTESIES = new Set(
  'kinh gui ong ba anh chi ban quy cong dan nguoi cam on da phan anh kien nghi ve viec noi dung chung toi co quan don vi ubnd uy nhan phuong xa tiep nhan ghi nhan thong tin cua xin duoc va la cho den tai voi cac nay the thi se y theo quy dinh xem xet nghien cuu xu ly thoi gian som nhat trong tran trong than ai chao dear sir madam thank you for your report about we have received the and'.split(
    ' ',
  ),
)
/** This many words of its own make an answer. */
const ENOUGH_OWN = 10

/** What a draft took over from the question, and whether that is most of what it says. */
export function findRepeated(
  words: readonly Word[],
  question: readonly Word[],
): { readonly stretches: readonly Span[]; readonly isMost: boolean } {
  const runs = new Set<string>()
  for (let at = 0; at + RUN <= question.length; at++) runs.add(runAt(question, at))
  const isTaken = new Uint8Array(words.length)
  for (let at = 0; at + RUN <= words.length; at++) {
    if (runs.has(runAt(words, at))) isTaken.fill(1, at, at + RUN)
  }
  const isSaying = words.map(({ plain }) => !COURTESIES.has(plain))
  const taken = count(words, (at) => isTaken[at] === 1 && isSaying[at] === true)
  const own = count(words, (at) => isTaken[at] === 0 && isSaying[at] === true)
  const isMost = taken > 0 && taken >= (taken + own) * MOST_SHARE && own < ENOUGH_OWN
  return { stretches: spansOf(words, isTaken), isMost }
}

function runAt(words: readonly Word[], at: number): string {
  return words
    .slice(at, at + RUN)
    .map(({ plain }) => plain)
    .join(' ')
}

function count(words: readonly Word[], test: (at: number) => boolean): number {
  return words.filter((_word, at) => test(at)).length
}

function spansOf(words: readonly Word[], isTaken: Uint8Array): Span[] {
  const spans: { start: number; end: number }[] = []
  words.forEach(({ start, end }, at) => {
    if (isTaken[at] !== 1) return
    const last = spans.at(-1)
    if (last && isTaken[at - 1] === 1) last.end = end
    else spans.push({ start, end })
  })
  return spans
}
