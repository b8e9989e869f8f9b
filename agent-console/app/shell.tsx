import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, NavLink, Route, Routes } from 'react-router'
import type { Session } from '#contracts/staff'
import { EmptyState } from '../components/notice.tsx'
import { ViewNav } from '../features/inbox/view-nav.tsx'
import { TelephoneProvider } from '../features/telephone/telephone-context.tsx'
import { lazily } from '../lib/lazily.ts'
import { hasTelephone, leadsAgents } from '../lib/telephone.ts'
import { CaseRedirect } from './case-redirect.tsx'
import { InboxPage } from './inbox-page.tsx'
import { TopBar } from './top-bar.tsx'
import './shell.css'

const KeySheet = lazily(() => import('./key-sheet.tsx').then((loaded) => loaded.KeySheet))
const CallsPage = lazily(() =>
  import('../features/calls/calls-page.tsx').then((loaded) => loaded.CallsPage),
)
const LearningPage = lazily(() =>
  import('../features/learning/learning-page.tsx').then((loaded) => loaded.LearningPage),
)
const CallPage = lazily(() =>
  import('../features/calls/call-page.tsx').then((loaded) => loaded.CallPage),
)
const CallBacksPage = lazily(() =>
  import('../features/telephone/call-backs-page.tsx').then((loaded) => loaded.CallBacksPage),
)
const AgentsPage = lazily(() =>
  import('../features/telephone/agents-page.tsx').then((loaded) => loaded.AgentsPage),
)
const TelephoneDock = lazily(() =>
  import('../features/telephone/telephone-dock.tsx').then((loaded) => loaded.TelephoneDock),
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

/** The frame, with a telephone for those who have one. */
export function Shell(props: { readonly session: Session }): ReactNode {
  if (!hasTelephone(props.session)) return <Frame session={props.session} />
  return (
    <TelephoneProvider session={props.session}>
      <Frame session={props.session} />
    </TelephoneProvider>
  )
}

/** The bar on top, the views on the left, a page, and the telephone below them. */
function Frame(props: { readonly session: Session }): ReactNode {
  const { t } = useTranslation()
  const [isKeySheetOpen, setKeySheetOpen] = useState(false)
  const { session } = props
  const showKeys = () => {
    setKeySheetOpen(true)
  }
  return (
    <div className="shell" data-telephone={hasTelephone(session)}>
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
            {hasTelephone(session) && (
              <>
                <Route path="calls" element={<CallsPage canExport={leadsAgents(session)} />} />
                <Route path="calls/:id" element={<CallPage />} />
                <Route path="call-backs" element={<CallBacksPage />} />
              </>
            )}
            {leadsAgents(session) && <Route path="agents" element={<AgentsPage />} />}
            {leadsAgents(session) && <Route path="wallboard" element={<WallboardPage />} />}
            {session.role === 'administrator' && <Route path="hotline" element={<HotlinePage />} />}
            {session.role === 'administrator' && <Route path="staff" element={<StaffPage />} />}
            {session.role === 'administrator' && (
              <Route path="learning" element={<LearningPage />} />
            )}
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </main>
      <Suspense>{hasTelephone(session) && <TelephoneDock />}</Suspense>
      <Suspense>
        {isKeySheetOpen && (
          <KeySheet
            hasTelephone={hasTelephone(session)}
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
      {hasTelephone(props.session) && (
        <>
          <h2 className="section-title">{t('nav.follow')}</h2>
          <ul className="view-nav">
            {leadsAgents(props.session) && (
              <li>
                <NavLink to="/wallboard">{t('nav.wallboard')}</NavLink>
              </li>
            )}
            <li>
              <NavLink to="/calls">{t('nav.calls')}</NavLink>
            </li>
            <li>
              <NavLink to="/call-backs">{t('telephone.nav.callBacks')}</NavLink>
            </li>
            {leadsAgents(props.session) && (
              <li>
                <NavLink to="/agents">{t('telephone.nav.agents')}</NavLink>
              </li>
            )}
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
            <li>
              <NavLink to="/learning">{t('nav.learning')}</NavLink>
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

/** Where each role's day begins: with everything that is open, or with what waits for a signature. */
function homeView({ role }: Session): string {
  return role === 'approver' ? 'awaiting-approval' : 'open'
}
