import { z } from 'zod'
import { freeText } from './text.ts'
import { LANGUAGES } from './vocabulary.ts'

/** What a key or a word in the hotline's menu leads to. */
export const MENU_ACTIONS = [
  'leave-report',
  'hear-status',
  'agent',
  'call-back',
  'emergency',
] as const
export type MenuAction = (typeof MENU_ACTIONS)[number]

/** Every sentence the hotline says. Places to fill are `{like this}`. */
export const SPOKEN_TEXTS = [
  'greeting',
  'menu',
  'menuLeaveReport',
  'menuHearStatus',
  'menuAgent',
  'menuCallBack',
  'menuEmergency',
  'otherLanguage',
  'notUnderstood',
  'emergency',
  'consent',
  'nothingHeard',
  'apology',
  'unavailable',
  'code',
  'codeAgain',
  'pin',
  'due',
  'goodbye',
  'askCode',
  'askPin',
  'status',
  'codeWrong',
  'triesUsed',
  'position',
  'estimatedWait',
  'waitingOffer',
  'connecting',
  'recorded',
  'callBackPromised',
  'callBackImpossible',
  'queueFull',
  'closed',
  'agentLost',
] as const
export type SpokenText = (typeof SPOKEN_TEXTS)[number]

const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*'] as const
const phone = z.string().regex(/^\+?\d{3,15}$/)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const sentence = z.strictObject({ vi: freeText(1, 1_500), en: freeText(1, 1_500) })
const words = z.array(freeText(1, 60)).max(40)

/** `PUT /api/settings/hotline`: what callers hear, when, and what their keys do. */
export const HotlineSettings = z
  .strictObject({
    /** Sentences that differ from the product's own; a name left out keeps the product's. */
    texts: z.partialRecord(z.enum(SPOKEN_TEXTS), sentence),
    menu: z
      .array(
        z.strictObject({
          key: z.enum(KEYS),
          action: z.enum(MENU_ACTIONS),
          /** Spoken words that choose it, with or without diacritics. */
          words: z.strictObject({ vi: words, en: words }),
        }),
      )
      .min(1)
      .max(11),
    /** Words of danger: advice to call 113, 114, 115 comes first, wherever they are said. */
    emergencyWords: words,
    /** `office`: the calendar's working hours; `always`: around the clock. */
    hours: z.enum(['office', 'always']),
    queue: z.strictObject({
      maxWaiting: z.int().min(1).max(1_000),
      ringSeconds: z.int().min(5).max(60),
      wrapUpSeconds: z.int().min(0).max(1_800),
      /** Played to those who wait; null: the provider's own. */
      musicUrl: z.url({ protocol: /^https$/ }).nullable(),
    }),
    /** Writes down what is said while it is said, where the provider can. */
    isTranscribed: z.boolean(),
    outbound: z.strictObject({
      /** The number that citizens see; null: the number they called. */
      callerId: phone.nullable(),
      /** Nobody is called between these times of day. */
      quietFrom: clock,
      quietUntil: clock,
      callBackAttempts: z.int().min(1).max(10),
    }),
    recordings: z.strictObject({
      keepDays: z.int().min(1).max(3_650),
      /** Talks with agents, beside messages; citizens hear so before anyone talks. */
      areTalksRecorded: z.boolean().optional(),
    }),
  })
  .superRefine((hotline, context) => {
    const keys = hotline.menu.map(({ key }) => key)
    keys.forEach((key, index) => {
      if (keys.indexOf(key) === index) return
      context.addIssue({
        code: 'custom',
        path: ['menu', index, 'key'],
        message: 'this key is taken by an entry above',
        params: { reason: 'repeated' },
      })
    })
  })
export type HotlineSettings = z.infer<typeof HotlineSettings>

/** `GET /api/hotline/preview?lang=`: what a caller hears, sentence by sentence. */
export const HotlinePreview = z.strictObject({
  isOpen: z.boolean(),
  spoken: z.array(
    z.strictObject({
      name: z.string(),
      lang: z.enum(LANGUAGES),
      text: z.string(),
      /** The product's own sentence, its places still `{like this}`. */
      product: z.string(),
    }),
  ),
})
export type HotlinePreview = z.infer<typeof HotlinePreview>
