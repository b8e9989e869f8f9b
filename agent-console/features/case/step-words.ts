import { useTranslation } from 'react-i18next'
import type { CaseStep } from '#contracts/cases'
import type { CaseEventName } from '#contracts/vocabulary'
import { screenLanguage } from '../../i18n/setup.ts'
import type { vi } from '../../i18n/vi.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { fullMoment } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'

type StepName<E> = E extends `case:${infer Name}` ? Name : never
type ReasonCode = keyof (typeof vi)['reasons']

/** One step as a sentence and what belongs to it. */
type StepWords = {
  readonly who: string
  readonly what: string
  readonly why: string | null
  readonly said: string | null
}

/** Steps that say in `from` which other case they are about. */
const NAMES_OTHER: ReadonlySet<CaseEventName> = new Set<CaseEventName>([
  'case:unmerged',
  'case:duplicate-joined',
  'case:duplicate-left',
])

/** Words for the steps of a case's record. */
export function useStepWords(): (step: CaseStep) => StepWords {
  const { t, i18n } = useTranslation()
  const { fieldName } = useFieldNames()
  const now = useNow()
  return (step) => ({
    who: step.by.kind === 'staff' ? step.by.name : t(`by.${step.by.kind}`),
    what: what(step),
    why: why(step),
    said: step.text,
  })

  function why({ reason, type }: CaseStep): string | null {
    if (reason === null || type === 'case:redirected') return null
    return type === 'case:split' ? fieldName(reason) : inWords(reason)
  }

  function what(step: CaseStep): string {
    if (step.type === 'case:returned' && step.to !== null) {
      return t('timeline.returnedTo', { to: step.to })
    }
    if (step.type === 'case:split' && step.from !== null) {
      return t('timeline.splitFrom', { from: spacedCode(step.from) })
    }
    if (step.from !== null && NAMES_OTHER.has(step.type)) {
      return t(`timeline.${stepName(step.type)}`, { to: spacedCode(step.from) })
    }
    return t(`timeline.${stepName(step.type)}`, { to: target(step) })
  }

  function target(step: CaseStep): string {
    if (step.to === null) return '…'
    if (step.type === 'case:corrected') return fieldName(step.to)
    if (step.type === 'case:split' || step.type === 'case:merged') return spacedCode(step.to)
    if (step.type === 'case:extended' || step.type === 'case:reopened') {
      return fullMoment(new Date(step.to), now, screenLanguage(i18n))
    }
    return inWords(step.to)
  }

  /** A code we have words for, or else what a person wrote. */
  function inWords(reason: string): string {
    return isReasonCode(reason) ? t(`reasons.${reason}`) : reason
  }

  function isReasonCode(reason: string): reason is ReasonCode {
    return i18n.exists(`reasons.${reason}`)
  }
}

/** The name of an event without its noun, as the texts are keyed. */
function stepName<E extends CaseEventName>(type: E): StepName<E> {
  return type.slice('case:'.length) as StepName<E>
}
