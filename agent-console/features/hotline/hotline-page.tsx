import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { HotlineForm } from './hotline-form.tsx'
import { useHotlinePreview, useHotlineSettings } from './use-hotline.ts'
import './hotline.css'

/** What callers hear and what their keys do, for administrators. */
export function HotlinePage(): ReactNode {
  const { t } = useTranslation()
  const settings = useHotlineSettings()
  const preview = useHotlinePreview()
  const failed = [settings, preview].find(({ data, error }) => error && !data)
  return (
    <div className="page hotline">
      <header className="page-head">
        <h1>{t('hotline.title')}</h1>
      </header>
      <p className="soft hotline-intro">{t('hotline.intro')}</p>
      {failed && <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !(settings.data && preview.data) && <Skeleton height={320} />}
      {settings.data && preview.data && (
        <HotlineForm saved={settings.data} preview={preview.data} />
      )}
    </div>
  )
}
