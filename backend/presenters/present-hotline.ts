import { type HotlinePreview, type HotlineSettings, SPOKEN_TEXTS } from '#contracts/hotline'
import { LANGUAGES, type Language } from '#contracts/vocabulary'
import { isHotlineOpen } from '#domain/hotline-settings'
import type { Calendar } from '#domain/business-calendar'
import { productText, spoken, type SpokenValues } from './spoken/spoken.ts'
import { spokenMenu } from './spoken/spoken-menu.ts'
import { dayOf, inDigits } from './spoken/spoken-numbers.ts'
import { textsIn } from './texts/in-language.ts'

/** Every sentence as a caller would hear it at `at`, filled with values that only stand for others. */
export function presentHotline(
  hotline: HotlineSettings,
  calendar: Calendar,
  at: Date,
): HotlinePreview {
  return {
    isOpen: isHotlineOpen(hotline, calendar, at),
    spoken: LANGUAGES.flatMap((lang) =>
      SPOKEN_TEXTS.map((name) => ({
        name,
        lang,
        text:
          name === 'menu'
            ? spokenMenu(hotline, lang)
            : spoken(hotline, lang, name, exampleValues(lang, at)),
        product: productText(lang, name),
      })),
    ),
  }
}

function exampleValues(lang: Language, at: Date): SpokenValues {
  return {
    ...dayOf(at),
    digits: inDigits('2611048273', lang),
    status: textsIn(lang).status.routed,
    position: '3',
    minutes: '5',
    key: '1',
  }
}
