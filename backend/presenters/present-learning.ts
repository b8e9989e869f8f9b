import type { DoubtfulExample, LearningOverview } from '#contracts/learning'
import type { Language } from '#contracts/vocabulary'
import type { KeptExample, ModelVersion } from '#domain/learning'
import { textsIn } from './texts/in-language.ts'

/** Learning at a glance. */
export function presentLearning(
  view: {
    readonly version: string
    readonly exampleCount: number
    readonly doubtfulCount: number
    readonly versions: readonly ModelVersion[]
  },
  trainingStep: string | null,
): LearningOverview {
  return {
    version: view.version,
    exampleCount: view.exampleCount,
    doubtfulCount: view.doubtfulCount,
    trainingStep,
    versions: view.versions.map(
      ({ version, at, exampleCount, learntUpTo, liveSince, comparison }) => ({
        version,
        at: at.toISOString(),
        exampleCount,
        isShipped: learntUpTo === null,
        isLive: version === view.version,
        liveSince: liveSince?.toISOString() ?? null,
        comparison,
      }),
    ),
  }
}

/** A doubted example, with the sentence that says why. */
export function presentDoubtful(
  doubted: KeptExample,
  against: KeptExample | null,
  lang: Language,
): DoubtfulExample {
  const { id, caseCode, text, field, doubt, by, at } = doubted
  const reason = doubt?.reason ?? 'unlikely'
  return {
    id,
    caseCode,
    text,
    field,
    expected: doubt?.expected ?? '',
    reason,
    explanation: textsIn(lang).doubts[reason],
    by,
    at: at.toISOString(),
    against:
      against === null
        ? null
        : { caseCode: against.caseCode, text: against.text, field: against.field },
  }
}
