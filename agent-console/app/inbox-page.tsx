import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Session } from '#contracts/staff'
import { EmptyState } from '../components/notice.tsx'
import { CasePane } from '../features/case/case-pane.tsx'
import { Inbox } from '../features/inbox/inbox.tsx'
import { inboxPath, parseInboxQuery } from '../features/inbox/inbox-query.ts'
import { useKnownRow } from '../features/inbox/use-known-row.ts'
import { useOpened } from '../features/inbox/use-opened.ts'

/** The list beside the open case. */
export function InboxPage(props: { readonly session: Session }): ReactNode {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { view, code = null } = useParams()
  const [search] = useSearchParams()
  const query = parseInboxQuery(view, search)
  const row = useKnownRow(code)
  useOpened(code)
  return (
    <div className="inbox-page" data-open={code !== null}>
      <Inbox
        query={query}
        viewer={props.session}
        openCode={code}
        onQuery={(next) => void navigate(inboxPath(next, code))}
      />
      {code === null ? (
        <EmptyState title={t('inbox.pickOne')} hint={t('inbox.pickOneHint')} />
      ) : (
        <CasePane
          key={code}
          code={code}
          summary={row?.summary ?? null}
          session={props.session}
          onBack={() => void navigate(inboxPath(query))}
        />
      )}
    </div>
  )
}
