import type { Kind, Span, Urgency } from '../reading.ts'
import type { PhraseMatch } from '../text/phrases.ts'
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
  'nằm bất động',
  'nằm im không cử động',
  'không thở nữa',
  'kẹt bên trong',
  'mắc kẹt bên trong',
  'con tôi mất tích',
  'cháu bé mất tích',
  'treo cổ',
  'thắt cổ',
  'mùi gas nồng nặc',
  'with a knife',
  'with a gun',
  'are trapped',
  'is trapped',
  'trapped inside',
  'not breathing',
  'cannot breathe',
  'is drowning',
  'was stabbed',
  'just collapsed',
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
/** What is past, supposed or rehearsed, and thanks to those who helped. */
const NO_DANGER_NOW = [
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
  'diễn tập',
  'phòng cháy',
  'suýt',
  'xém',
  'may mà',
  'đã cứu',
  'đã dập',
  'dập tắt',
  'tuyên dương',
  'biểu dương',
  'cảm ơn',
]
/** Said before a danger, these make it a memory, a fear or a drill. */
const NOT_NOW = toPhrases([
  ...NO_DANGER_NOW,
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
  'chữa cháy',
  'thông tin về',
  'vụ',
  'không có',
])
/** Wherever they stand, the whole text looks back, supposes, or thanks those who helped. */
const OVER = toPhrases([
  ...NO_DANGER_NOW,
  'bữa trước',
  'hồi đó',
  'hồi tháng',
  'hồi năm',
  'đã xong',
  'xong rồi',
  'tập dượt',
  'last year',
  'last month',
  'thank you',
])
const LOW_KINDS: ReadonlySet<Kind> = new Set(['question', 'praise', 'proposal', 'invalid'])
/** So sure must the trained head be of an emergency where no phrase says the danger. */
const SURE_OF_EMERGENCY = 0.75
/** And where the text asks or wishes besides: "xin cho xe cấp cứu" is no proposal. */
const SURE_DESPITE_KIND = 0.9
const SURE_OF_HIGH = 0.65
const SURE_OF_CALM = 0.7
const WINDOW = 6

/**
 * Judges urgency from cues, the trained head and the topic. Only danger that is there now is an
 * emergency; one remembered, feared, denied or likened to is not.
 */
export function judgeUrgency(words: readonly Word[], context: UrgencyContext): UrgencyFinding {
  const { isPlainText } = context
  const dangers = meant(words, findPhrases(words, DANGERS, isPlainText))
  const remembered = findPhrases(words, NOT_NOW, isPlainText)
  const present = dangers.filter(
    ({ first }) => !remembered.some((other) => other.last < first && first - other.last <= WINDOW),
  )
  const risks = [...dangers, ...meant(words, findPhrases(words, RISKS, isPlainText))]
  const isOver = findPhrases(words, OVER, isPlainText).length > 0
  if (LOW_KINDS.has(context.kind)) {
    const isEmergency = !isOver && isLearnt(context, 'emergency', SURE_DESPITE_KIND)
    return isEmergency ? finding('emergency', risks) : lowOrHigher(context, risks)
  }
  if (present.length > 0) return finding('emergency', present)
  if (!isOver && isLearnt(context, 'emergency', SURE_OF_EMERGENCY))
    return finding('emergency', risks)
  if (risks.length > 0) return finding('high', risks)
  const isGrave =
    isLearnt(context, 'emergency', SURE_OF_HIGH) || isLearnt(context, 'high', SURE_OF_HIGH)
  if (isGrave) return finding('high', [])
  // A topic's usual urgency is high at most: an emergency must be told.
  const usual = context.topicUrgency === 'emergency' ? 'high' : context.topicUrgency
  return finding(usual ?? 'normal', [])
}

/** Without what is only denied ("không có cháy nổ") or likened to ("giá như cướp"). */
function meant(words: readonly Word[], matches: readonly PhraseMatch[]): PhraseMatch[] {
  return matches.filter(({ first }) => {
    const [before, earlier] = [words[first - 1]?.plain, words[first - 2]?.plain]
    if (before === 'nhu') return earlier === 'hinh'
    return !((before === 'co' || before === 'bi') && earlier === 'khong')
  })
}

function isLearnt({ learnt }: UrgencyContext, urgency: Urgency, sure: number): boolean {
  return learnt?.urgency === urgency && learnt.confidence >= sure
}

/** A wish, a question or thanks waits, unless it tells of harm that is likely. */
function lowOrHigher(context: UrgencyContext, risks: readonly Span[]): UrgencyFinding {
  if (context.kind !== 'proposal') return finding('low', [])
  const isCalm = isLearnt(context, 'low', SURE_OF_CALM) || isLearnt(context, 'normal', SURE_OF_CALM)
  return risks.length > 0 && !isCalm ? finding('high', risks) : finding('normal', [])
}

function finding(urgency: Urgency, spans: readonly Span[]): UrgencyFinding {
  const evidence = spans
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((span, at, all) => at === 0 || span.start >= (all[at - 1]?.end ?? 0))
  return { urgency, evidence }
}
