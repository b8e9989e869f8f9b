import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../lib/problem-text.ts'
import { EmptyState, Notice } from './notice.tsx'

/** Why something was refused, in the place where it was asked. */
export function ProblemNotice(props: { readonly error: unknown }): ReactNode {
  const { text, fieldErrors } = useProblemText()(props.error)
  return (
    <div role="alert">
      <Notice tone="urgent">
        <span>{text}</span>
        {fieldErrors.length > 0 && (
          <ul>
            {fieldErrors.map((each) => (
              <li key={each.pointer}>{each.detail}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  )
}

/** A page or pane that could not be loaded, with a way to try again. */
export function LoadFailed(props: {
  readonly error: unknown
  readonly onRetry: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { text } = useProblemText()(props.error)
  return (
    <div role="alert">
      <EmptyState title={t('problem.load')} hint={text}>
        <Button variant="default" size="compact-md" onClick={props.onRetry}>
          {t('app.retry')}
        </Button>
      </EmptyState>
    </div>
  )
}
