import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LearningOverview } from '#contracts/learning'
import { Notice } from '../../components/notice.tsx'
import { LoadFailed, ProblemNotice } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { LOCALES } from '../../lib/locale.ts'
import { DoubtsSection } from './doubts-section.tsx'
import { useLearning, useTraining } from './use-learning.ts'
import { shortVersion, VersionTable } from './version-table.tsx'
import './learning.css'

/** What the classifier learnt from people: its versions, and the examples in doubt; for administrators. */
export function LearningPage(): ReactNode {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useLearning()
  const training = useTraining()
  const isTraining = data !== undefined && data.trainingStep !== null
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('learning.title')}</h1>
        <Button
          disabled={data === undefined || isTraining}
          loading={training.isPending}
          onClick={() => {
            training.mutate()
          }}
        >
          {t('learning.train')}
        </Button>
      </header>
      <p className="soft learning-intro">{t('learning.intro')}</p>
      <div role="status">
        {isTraining && <Notice tone="info">{t('learning.training')}</Notice>}
        {training.isSuccess && !isTraining && <Notice tone="good">{t('learning.trained')}</Notice>}
      </div>
      {training.error && <ProblemNotice error={training.error} />}
      {isPending && <Skeleton height={320} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Numbers overview={data} />
          <section aria-label={t('learning.versions.title')}>
            <h2 className="section-title">{t('learning.versions.title')}</h2>
            <VersionTable versions={data.versions} />
          </section>
          <DoubtsSection doubtfulCount={data.doubtfulCount} />
        </>
      )}
    </div>
  )
}

function Numbers(props: { readonly overview: LearningOverview }): ReactNode {
  const { t, i18n } = useTranslation()
  const { version, exampleCount, doubtfulCount } = props.overview
  const inWords = (count: number) => count.toLocaleString(LOCALES[screenLanguage(i18n)])
  return (
    <dl className="learning-numbers numbers">
      {(
        [
          ['live', shortVersion(version)],
          ['examples', inWords(exampleCount)],
          ['doubted', inWords(doubtfulCount)],
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{t(`learning.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
