import type { Kind, Span, Urgency } from '../reading.ts'
import { findPhrases, toPhrases } from '../text/phrases.ts'
import type { Word } from '../text/words.ts'

/** How soon somebody must act, and the words that say so. */
export type UrgencyFinding = { readonly urgency: Urgency; readonly evidence: readonly Span[] }

/** What else is known of the text when its urgency is judged. */
export type UrgencyContext = {
  readonly kind: Kind
  readonly isPlainText: boolean
  /** What the topic usually asks for; null where the topic is unsure. */
  readonly topicUrgency: Urgency | null
  /** What the trained head says, with its confidence. */
  readonly learnt: { readonly urgency: Urgency; readonly confidence: number } | null
}

/** Danger to life, now. Each is whole enough not to be met in another sense. */
const DANGERS = toPhrases([
  'đang cháy',
  'bốc cháy',
  'cháy nhà',
  'cháy lớn',
  'cháy to',
  'hỏa hoạn',
  'cháy nổ',
  'phát nổ',
  'nổ bình gas',
  'nổ trạm',
  'phóng điện',
  'điện giật',
  'giật điện',
  'dây điện đứt',
  'đứt dây điện',
  'dây điện bị đứt',
  'dây điện rơi',
  'dây điện rớt',
  'rò khí',
  'rò gas',
  'xì gas',
  'rò rỉ gas',
  'sập nhà',
  'nhà sập',
  'sập cầu',
  'sắp sập',
  'đang đánh nhau',
  'chém nhau',
  'cầm dao',
  'cầm hung khí',
  'đâm chết',
  'có người bị thương',
  'người bị thương nặng',
  'chảy máu',
  'bất tỉnh',
  'đuối nước',
  'đang mắc kẹt',
  'tự tử',
  'bạo hành trẻ',
  'đánh đập trẻ',
  'đánh đập vợ',
  'đang bị đánh',
  'ngộ độc tập thể',
  'vỡ đê',
  'lũ quét',
  'lũ cuốn',
  'sạt lở vùi',
  'đang cướp',
  'cướp giật đang',
  'bắt cóc',
  'gọi cấp cứu',
  'cứu với',
  'kêu cứu',
  'on fire',
  'gas leak',
  'is bleeding',
  'unconscious',
  'live wire',
  'electrocuted',
])
/** Harm that is likely, or many people without what they need. */
const RISKS = toPhrases([
  'nguy hiểm',
  'mất an toàn',
  'không an toàn',
  'tai nạn',
  'té xe',
  'té ngã',
  'ngã xe',
  'mất nước cả xóm',
  'mất điện cả xóm',
  'ngập sâu',
  'cây sắp đổ',
  'sắp đổ',
  'sắp ngã',
  'hở nắp cống',
  'mất nắp cống',
  'mất nắp',
  'khẩn cấp',
  'cấp bách',
  'xử lý gấp',
  'gấp lắm',
  'rất gấp',
  'sụt lún',
  'sạt lở',
  'sụp',
  'chó cắn',
  'bị cắn',
  'dịch bệnh',
  'ổ dịch',
  'ngộ độc',
  'đe dọa',
  'dọa giết',
  'hành hung',
  'đánh nhau',
  'trộm',
  'cướp',
  'ma túy',
  'bạo hành',
  'xâm hại',
  'người già và trẻ em',
  'dangerous',
  'urgent',
  'accident',
])
/** Said before a danger, these make it a memory, a fear or a drill. */
const NOT_NOW = toPhrases([
  'năm ngoái',
  'năm trước',
  'tháng trước',
  'tuần trước',
  'tuần rồi',
  'hôm trước',
  'hôm qua',
  'hồi trước',
  'trước đây',
  'từng',
  'nếu',
  'lỡ',
  'nhỡ',
  'sợ',
  'lo',
  'có thể',
  'có thể gây',
  'nguy cơ',
  'dễ',
  'phòng',
  'phòng chống',
  'diễn tập',
  'phòng cháy',
  'chữa cháy',
  'thông tin về',
  'vụ',
  'không có',
])
const LOW_KINDS: ReadonlySet<Kind> = new Set(['question', 'praise', 'proposal', 'invalid'])
const SURE = 0.8
const WINDOW = 6

/**
 * Judges urgency from cues, the trained head and the topic. Only danger said to be there now is an
 * emergency; one remembered or feared is not.
 */
export function judgeUrgency(words: readonly Word[], context: UrgencyContext): UrgencyFinding {
  const { learnt } = context
  const dangers = findPhrases(words, DANGERS, context.isPlainText)
  const remembered = findPhrases(words, NOT_NOW, context.isPlainText)
  const present = dangers.filter(
    ({ first }) => !remembered.some((other) => other.last < first && first - other.last <= WINDOW),
  )
  if (present.length > 0 && !LOW_KINDS.has(context.kind)) return finding('emergency', present)
  const risks = [...dangers, ...findPhrases(words, RISKS, context.isPlainText)]
  if (LOW_KINDS.has(context.kind)) return lowOrHigher(context, risks)
  if (risks.length > 0) return finding('high', risks)
  // What the trained head takes for an emergency is not one before somebody says the danger.
  const isSure = learnt !== null && learnt.confidence >= SURE
  if (isSure && (learnt.urgency === 'emergency' || learnt.urgency === 'high'))
    return finding('high', [])
  // A topic's usual urgency is high at most: an emergency must be said.
  const usual = context.topicUrgency === 'emergency' ? 'high' : context.topicUrgency
  return finding(usual ?? 'normal', [])
}

/** A wish, a question or thanks waits, unless it tells of harm that is likely. */
function lowOrHigher(context: UrgencyContext, risks: readonly Span[]): UrgencyFinding {
  if (context.kind === 'proposal' && risks.length > 0) return finding('high', risks)
  return finding(context.kind === 'proposal' ? 'normal' : 'low', [])
}

function finding(urgency: Urgency, spans: readonly Span[]): UrgencyFinding {
  const evidence = spans
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((span, at, all) => at === 0 || span.start >= (all[at - 1]?.end ?? 0))
  return { urgency, evidence }
}
