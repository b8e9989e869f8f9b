import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '#contracts/staff'
import { EmptyState } from '../../components/notice.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { errorCode } from '../../lib/api.ts'
import { CasePanel } from './case-panel.tsx'
import { useCase } from './use-case.ts'

const SUMMARY_LENGTH = 140

/** The right pane: one case being loaded, shown, or not there for this person. */
export function CasePane(props: {
  readonly code: string
  /** The first words without personal data, where the list knows them. */
  readonly summary: string | null
  readonly session: Session
  readonly onBack: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { data, error, refetch } = useCase(props.code)
  if (error && ['not-found', 'forbidden'].includes(errorCode(error))) {
    return <EmptyState isPageTitle title={t('case.gone')} hint={t('case.goneHint')} />
  }
  if (data) {
    return (
      <CasePanel
        view={data}
        summary={props.summary ?? firstWords(data.text)}
        session={props.session}
        onBack={props.onBack}
      />
    )
  }
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />
  return <CaseSkeleton />
}

function firstWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= SUMMARY_LENGTH ? line : `${line.slice(0, SUMMARY_LENGTH)}…`
}

function CaseSkeleton(): ReactNode {
  const { t } = useTranslation()
  return (
    <div className="case-skeleton" role="status" aria-label={t('app.loading')}>
      <Skeleton height={14} width="46%" radius="sm" />
      <Skeleton height={24} width="82%" radius="sm" />
      <Skeleton height={96} mt={24} />
      <Skeleton height={120} />
    </div>
  )
}
