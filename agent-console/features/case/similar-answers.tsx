import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { PickPopover } from '../../components/pick-popover.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useSimilarAnswers } from './use-similar-answers.ts'

/** Shows what was published in answer to like questions; one of them can be the start of this answer. */
export function SimilarAnswers(props: {
  readonly view: CaseView
  readonly onPick: (text: string) => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <PickPopover label={t('similar.title')} width={440} onPick={props.onPick}>
      {(onPick) => <SimilarList view={props.view} onPick={onPick} />}
    </PickPopover>
  )
}

function SimilarList(props: {
  readonly view: CaseView
  readonly onPick: (text: string) => void
}): ReactNode {
  const { t } = useTranslation()
  const { data, error } = useSimilarAnswers(props.view)
  if (error) return <ProblemNotice error={error} />
  if (!data) return <p className="soft">{t('app.loading')}</p>
  if (data.length === 0) return <p className="soft">{t('similar.none')}</p>
  return (
    <ul className="similar-answers" aria-label={t('similar.title')}>
      {data.map(({ answer }) => (
        <li key={answer.code}>
          <p className="soft">{answer.question}</p>
          <blockquote>{answer.response}</blockquote>
          <p className="soft">
            {answer.agency?.name}
            {answer.rating !== null && ` · ${t('similar.rated', { n: answer.rating })}`}
          </p>
          <Button
            variant="light"
            size="compact-sm"
            onClick={() => {
              props.onPick(answer.response)
            }}
          >
            {t('similar.use')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
