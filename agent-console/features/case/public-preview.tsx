import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'

/** What the public will read of the response as it is on the server. */
export function PublicPreview(props: {
  readonly view: CaseView
  readonly isStale: boolean
}): ReactNode {
  const { t } = useTranslation()
  const { consents, response } = props.view
  const agreed = consents.includes('publish') ? 'response.previewHint' : 'response.notPublic'
  return (
    <div className="response-preview" role="region" aria-label={t('response.preview')}>
      <p className="soft">{t(props.isStale ? 'response.previewStale' : agreed)}</p>
      <blockquote>{response?.publicText}</blockquote>
    </div>
  )
}
