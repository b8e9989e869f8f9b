import type { HotlineSettings } from '#contracts/hotline'
import { withSentence } from './sentences.ts'

/** Changes one part of the settings. */
export type ChangeHotline = (part: Partial<HotlineSettings>) => void

/** What every part of the form is given. */
export type PartProps = {
  readonly hotline: HotlineSettings
  /** Why the last save was refused. */
  readonly error: unknown
  readonly onChange: ChangeHotline
}

/** Settings as the form holds them: own sentences in one order, so that equal settings look equal. */
export function draftOf(settings: HotlineSettings): HotlineSettings {
  const { texts } = settings
  return { ...settings, texts: withSentence(texts, 'greeting', texts.greeting ?? null) }
}

/** Whether two drafts say the same. */
export function isSame(a: HotlineSettings, b: HotlineSettings): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
