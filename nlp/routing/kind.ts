import type { Kind } from '../reading.ts'
import { findPhrases, toPhrases } from '../text/phrases.ts'
import type { Word } from '../text/words.ts'

/** A kind with its confidence. */
export type KindFinding = { readonly kind: Kind; readonly confidence: number }

/** Words that say the kind outright; the statutory ones come first. */
const OUTRIGHT: readonly { readonly kind: Kind; readonly phrases: ReturnType<typeof toPhrases> }[] =
  [
    {
      kind: 'denunciation',
      phrases: toPhrases([
        'tố cáo',
        'đơn tố cáo',
        'nhận hối lộ',
        'đưa hối lộ',
        'ăn hối lộ',
        'tham ô',
        'mãi lộ',
      ]),
    },
    {
      kind: 'complaint',
      phrases: toPhrases([
        'khiếu nại quyết định',
        'đơn khiếu nại',
        'khiếu nại lần đầu',
        'khiếu nại lần hai',
        'hủy quyết định',
        'không đồng ý với quyết định',
        'không đồng ý quyết định',
        'xử phạt oan',
      ]),
    },
    {
      kind: 'question',
      phrases: toPhrases([
        'cho hỏi',
        'cho tôi hỏi',
        'cho em hỏi',
        'xin hỏi',
        'hỏi về',
        'làm thế nào',
        'cần giấy tờ gì',
        'cần những giấy tờ gì',
        'thủ tục thế nào',
        'bao lâu thì',
        'how do i',
        'how can i',
        'xin hướng dẫn',
        'hướng dẫn giúp',
      ]),
    },
    {
      kind: 'praise',
      phrases: toPhrases([
        'khen ngợi',
        'xin khen',
        'tuyên dương',
        'biểu dương',
        'tuyệt vời',
        'rất hài lòng',
        'chân thành cảm ơn',
        'thank you for',
      ]),
    },
    {
      kind: 'proposal',
      phrases: toPhrases([
        'kiến nghị',
        'đề xuất',
        'góp ý',
        'nên có',
        'nên lắp',
        'nên làm',
        'giá như',
        'i suggest',
      ]),
    },
  ]
/** Whoever was harmed may quote an advertisement; advertisers say none of this. */
const HARM = toPhrases([
  'bị lừa',
  'lừa mất',
  'lừa đảo',
  'lừa tiền',
  'chiếm đoạt',
  'mất tiền',
  'quỵt',
  'xử lý giúp',
  'chặn giúp',
  'dẹp giúp',
  'xin chặn',
  'phản ánh',
  'tố cáo',
])
/** Thanks for what was not done are no thanks. */
const UNDONE = toPhrases([
  'không ai sửa',
  'không ai xử lý',
  'không ai làm',
  'không ai dọn',
  'chưa ai',
  'vẫn chưa',
  'vẫn y nguyên',
  'chưa sửa',
  'chưa làm',
  'mãi không',
  'hoài không',
  'hoài chưa',
  'bao giờ mới',
  'bao giờ hết',
  'sao nổi',
])
const CONTRADICTIONS: Partial<Record<Kind, typeof HARM>> = { invalid: HARM, praise: UNDONE }
const SAID_OUTRIGHT = 0.75
const NOTHING_SAID = 0.55
/**
 * Most of what citizens write are reports, and another kind takes the text out of their usual way:
 * so sure must the trained head be. A wrong denunciation or rejection costs most.
 */
const LEAST_CONFIDENCE: Readonly<Record<Kind, number>> = {
  report: 0.5,
  question: 0.6,
  proposal: 0.6,
  praise: 0.7,
  complaint: 0.85,
  denunciation: 0.85,
  invalid: 0.85,
}

/** Judges the kind: the trained head where it is sure, otherwise the words that say it outright. */
export function judgeKind(
  words: readonly Word[],
  isPlainText: boolean,
  learnt: KindFinding | null,
): KindFinding {
  const against = learnt ? CONTRADICTIONS[learnt.kind] : undefined
  const isContradicted =
    against !== undefined && findPhrases(words, against, isPlainText).length > 0
  if (learnt && !isContradicted && learnt.confidence >= LEAST_CONFIDENCE[learnt.kind]) return learnt
  if (isContradicted) return { kind: 'report', confidence: NOTHING_SAID }
  const said = OUTRIGHT.find(({ phrases }) => findPhrases(words, phrases, isPlainText).length > 0)
  if (said?.kind === learnt?.kind && learnt) return learnt
  return said
    ? { kind: said.kind, confidence: SAID_OUTRIGHT }
    : { kind: 'report', confidence: NOTHING_SAID }
}
