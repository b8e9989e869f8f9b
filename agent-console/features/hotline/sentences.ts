import type { HotlinePreview, HotlineSettings, SpokenText } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'

export type SentenceGroup = 'opening' | 'report' | 'status' | 'queue'

/** Where in a call each sentence is said, in the order of a call. */
const GROUP_OF: Record<SpokenText, SentenceGroup> = {
  greeting: 'opening',
  menu: 'opening',
  menuLeaveReport: 'opening',
  menuHearStatus: 'opening',
  menuAgent: 'opening',
  menuCallBack: 'opening',
  menuEmergency: 'opening',
  otherLanguage: 'opening',
  notUnderstood: 'opening',
  emergency: 'opening',
  consent: 'report',
  nothingHeard: 'report',
  apology: 'report',
  unavailable: 'report',
  code: 'report',
  codeAgain: 'report',
  pin: 'report',
  due: 'report',
  goodbye: 'report',
  askCode: 'status',
  askPin: 'status',
  status: 'status',
  codeWrong: 'status',
  triesUsed: 'status',
  position: 'queue',
  estimatedWait: 'queue',
  waitingOffer: 'queue',
  connecting: 'queue',
  recorded: 'queue',
  callBackPromised: 'queue',
  callBackImpossible: 'queue',
  queueFull: 'queue',
  closed: 'queue',
  agentLost: 'queue',
}

const SENTENCES = Object.keys(GROUP_OF) as SpokenText[]
const GROUPS: readonly SentenceGroup[] = ['opening', 'report', 'status', 'queue']

/** Every sentence under the part of a call in which it is said. */
export const SENTENCES_BY_GROUP = GROUPS.map((group) => ({
  group,
  names: SENTENCES.filter((name) => GROUP_OF[name] === group),
}))

export type Sentence = { readonly vi: string; readonly en: string }
export type OwnSentences = HotlineSettings['texts']

/** A sentence in both languages: what is said now, or what the product would say. */
export function sentenceOf(
  preview: HotlinePreview,
  name: SpokenText,
  which: 'text' | 'product',
): Sentence {
  const inLanguage = (lang: Language) =>
    preview.spoken.find((each) => each.name === name && each.lang === lang)?.[which] ?? ''
  return { vi: inLanguage('vi'), en: inLanguage('en') }
}

/** The sentences with one replaced, or left to the product with null; always in the same order. */
export function withSentence(
  texts: OwnSentences,
  name: SpokenText,
  own: Sentence | null,
): OwnSentences {
  const next: OwnSentences = {}
  for (const each of SENTENCES) {
    const text = each === name ? own : texts[each]
    if (text) next[each] = text
  }
  return next
}
