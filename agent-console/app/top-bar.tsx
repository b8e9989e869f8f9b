import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import type { Session } from '#contracts/staff'
import { KeyHint } from '../components/key-hint.tsx'
import { inboxPath, parseInboxQuery } from '../features/inbox/inbox-query.ts'
import { SearchBox } from '../features/inbox/search-box.tsx'
import { ProfileMenu } from '../features/session/profile-menu.tsx'
import { useKeys } from '../lib/keyboard.ts'
import { useConnection } from '../lib/realtime.tsx'

/** Search, whether the screen is live, and who I am. */
export function TopBar(props: {
  readonly session: Session
  readonly onShowKeys: () => void
}): ReactNode {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const [, page, view, code] = pathname.split('/')
  const query = parseInboxQuery(view, new URLSearchParams(page === 'inbox' ? search : ''))
  useKeys({ '?': props.onShowKeys })
  return (
    <header className="top-bar">
      <Link to="/" className="top-brand">
        {t('app.name')}
      </Link>
      <SearchBox
        q={query.q}
        onSearch={(q) => {
          // A search that begins looks everywhere, not only at what is open in this view.
          const next = q !== '' && query.q === '' ? 'all' : query.view
          void navigate(inboxPath({ ...query, q, view: next }, code), { replace: query.q !== '' })
        }}
      />
      <div className="top-end">
        <ConnectionState />
        <button
          type="button"
          className="top-keys"
          aria-label={t('keys.open')}
          aria-keyshortcuts="?"
          onClick={props.onShowKeys}
        >
          <KeyHint keys="?" />
        </button>
        <ProfileMenu session={props.session} onShowKeys={props.onShowKeys} />
      </div>
    </header>
  )
}

function ConnectionState(): ReactNode {
  const { t } = useTranslation()
  const connection = useConnection()
  return (
    <span className="connection" role="status" data-testid="connection" data-state={connection}>
      {t(`connection.${connection}`)}
    </span>
  )
}
