import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DoubtfulExample, DoubtVerdict } from '#contracts/learning'
import { KeyHint } from '../../components/key-hint.tsx'
import { Pill } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { CaseLink } from '../../components/case-link.tsx'

const CHOICES = [
  { verdict: 'keep', key: 'a' },
  { verdict: 'drop', key: 'x' },
] as const

/** One example in doubt: what was said, who chose what and when, what speaks against it. */
export function DoubtCard(props: {
  readonly example: DoubtfulExample
  readonly by: string
  readonly isCurrent: boolean
  readonly isBusy: boolean
  readonly onFocus: () => void
  readonly onOpen: () => void
  readonly onVerdict: (verdict: DoubtVerdict['verdict']) => void
}): ReactNode {
  const { t } = useTranslation()
  const { example, isCurrent } = props
  const code = spacedCode(example.caseCode)
  return (
    <li
      className="doubt"
      tabIndex={-1}
      aria-current={isCurrent ? 'true' : undefined}
      onFocus={props.onFocus}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) props.onOpen()
      }}
    >
      <div className="doubt-words">
        <Pill tone={example.reason === 'one-against-all' ? 'urgent' : 'warn'}>
          {t(`learning.doubts.reasons.${example.reason}`)}
        </Pill>{' '}
        <span className="soft">{example.explanation}</span>
        <blockquote>{example.text}</blockquote>
        {example.against && (
          <p className="doubt-against soft">
            {t('learning.doubts.against')}{' '}
            <CaseLink
              code={example.against.caseCode}
              label={(shown) => t('learning.doubts.open', { code: shown })}
            />
            : {example.against.text}
          </p>
        )}
      </div>
      <Opinions example={example} by={props.by} />
      <div className="doubt-choices">
        <CaseLink
          code={example.caseCode}
          label={(shown) => t('learning.doubts.open', { code: shown })}
        />
        {CHOICES.map(({ verdict, key }) => (
          <Button
            key={verdict}
            variant="default"
            size="compact-sm"
            disabled={props.isBusy}
            aria-label={t(`learning.doubts.${verdict}Of`, { code })}
            aria-keyshortcuts={isCurrent ? key : undefined}
            rightSection={<KeyHint keys={key} />}
            onClick={() => {
              props.onVerdict(verdict)
            }}
          >
            {t(`learning.doubts.${verdict}`)}
          </Button>
        ))}
      </div>
    </li>
  )
}

function Opinions(props: { readonly example: DoubtfulExample; readonly by: string }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { fieldName } = useFieldNames()
  const { field, expected, at, against } = props.example
  return (
    <dl className="doubt-opinions">
      <dt>
        {t('learning.doubts.decided', { name: props.by })}{' '}
        <span className="soft numbers">{stamp(new Date(at), now, screenLanguage(i18n))}</span>
      </dt>
      <dd>{fieldName(field)}</dd>
      <dt>{t(against === null ? 'learning.doubts.modelSays' : 'learning.doubts.othersSay')}</dt>
      <dd>{fieldName(expected)}</dd>
    </dl>
  )
}
