import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, NavLink, Route, Routes } from 'react-router'
import type { Session } from '#contracts/staff'
import { EmptyState } from '../components/notice.tsx'
import { ViewNav } from '../features/inbox/view-nav.tsx'
import { lazily } from '../lib/lazily.ts'
import { CaseRedirect } from './case-redirect.tsx'
import { InboxPage } from './inbox-page.tsx'
import { TopBar } from './top-bar.tsx'
import './shell.css'

const KeySheet = lazily(() => import('./key-sheet.tsx').then((loaded) => loaded.KeySheet))
const CallsPage = lazily(() =>
  import('../features/calls/calls-page.tsx').then((loaded) => loaded.CallsPage),
)
const WallboardPage = lazily(() =>
  import('../features/wallboard/wallboard-page.tsx').then((loaded) => loaded.WallboardPage),
)
const HotlinePage = lazily(() =>
  import('../features/hotline/hotline-page.tsx').then((loaded) => loaded.HotlinePage),
)
const StaffPage = lazily(() =>
  import('../features/staff/staff-page.tsx').then((loaded) => loaded.StaffPage),
)

/** The frame: the bar on top, the views on the left, a page. */
export function Shell(props: { readonly session: Session }): ReactNode {
  const { t } = useTranslation()
  const [isKeySheetOpen, setKeySheetOpen] = useState(false)
  const { session } = props
  const showKeys = () => {
    setKeySheetOpen(true)
  }
  return (
    <div className="shell">
      <a className="shell-skip" href="#main">
        {t('app.skip')}
      </a>
      <TopBar session={session} onShowKeys={showKeys} />
      <SideNav session={session} />
      <main className="shell-main" id="main" tabIndex={-1}>
        <Suspense fallback={<p className="shell-loading">{t('app.loading')}</p>}>
          <Routes>
            <Route index element={<Navigate to={`/inbox/${homeView(session)}`} replace />} />
            <Route path="inbox/:view/:code?" element={<InboxPage session={session} />} />
            <Route path="cases/:code" element={<CaseRedirect />} />
            {worksAtCentre(session) && <Route path="calls" element={<CallsPage />} />}
            {oversees(session) && <Route path="wallboard" element={<WallboardPage />} />}
            {session.role === 'administrator' && <Route path="hotline" element={<HotlinePage />} />}
            {session.role === 'administrator' && <Route path="staff" element={<StaffPage />} />}
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </main>
      <Suspense>
        {isKeySheetOpen && (
          <KeySheet
            onClose={() => {
              setKeySheetOpen(false)
            }}
          />
        )}
      </Suspense>
    </div>
  )
}

function SideNav(props: { readonly session: Session }): ReactNode {
  const { t } = useTranslation()
  return (
    <nav className="shell-nav" aria-label={t('nav.label')}>
      <ViewNav />
      {worksAtCentre(props.session) && (
        <>
          <h2 className="section-title">{t('nav.follow')}</h2>
          <ul className="view-nav">
            {oversees(props.session) && (
              <li>
                <NavLink to="/wallboard">{t('nav.wallboard')}</NavLink>
              </li>
            )}
            <li>
              <NavLink to="/calls">{t('nav.calls')}</NavLink>
            </li>
          </ul>
        </>
      )}
      {props.session.role === 'administrator' && (
        <>
          <h2 className="section-title">{t('nav.admin')}</h2>
          <ul className="view-nav">
            <li>
              <NavLink to="/hotline">{t('nav.hotline')}</NavLink>
            </li>
            <li>
              <NavLink to="/staff">{t('nav.staff')}</NavLink>
            </li>
          </ul>
        </>
      )}
    </nav>
  )
}

function NotFound(): ReactNode {
  const { t } = useTranslation()
  return (
    <EmptyState isPageTitle title={t('app.notFound')}>
      <Link to="/">{t('app.goHome')}</Link>
    </EmptyState>
  )
}

function worksAtCentre({ role }: Session): boolean {
  return role !== 'officer' && role !== 'approver'
}

function oversees({ role }: Session): boolean {
  return role === 'supervisor' || role === 'administrator'
}

/** Where each role's day begins: with everything that is open, or with what waits for a signature. */
function homeView({ role }: Session): string {
  return role === 'approver' ? 'awaiting-approval' : 'open'
}
