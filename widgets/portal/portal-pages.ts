import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Messages } from '../i18n/vi.ts'
import type { WidgetSettings } from '../settings.ts'
import type { Preferences } from './preferences.ts'
import type { Route } from './route.ts'

/** What the pages are made from. */
export interface PagesView {
  readonly t: Messages
  readonly route: Route
  readonly preferences: Preferences
  /** Whether the report form was ever shown: it then stays, with what is written and on its way. */
  readonly hasHome: boolean
}

/** The page at the current address. */
export function portalPages(view: PagesView): TemplateResult {
  const { route } = view
  return html`${view.hasHome ? home(view) : nothing}
  ${route.page === 'cases' ? cases(view, route.code) : nothing}
  ${route.page === 'answers' ? answers(view, route.code) : nothing}
  ${route.page === 'performance' ? performance(view) : nothing}
  ${route.page === 'not-found' ? notFound(view) : nothing}`
}

/** What a page is called, in the window's title and as its heading. */
export function pageTitle(t: Messages, { page }: Route): string {
  const titles: Record<Route['page'], string> = {
    home: t.portal.homeTitle,
    cases: t.portal.casesTitle,
    answers: t.portal.answersTitle,
    performance: t.portal.performanceTitle,
    'not-found': t.portal.notFound,
  }
  return titles[page]
}

function home(view: PagesView) {
  const { t, preferences, route } = view
  const { lang, theme } = preferences
  return html`<div class="home" ?hidden=${route.page !== 'home'}>
    <div class="hero">
      <h1 tabindex="-1">${t.portal.homeTitle}</h1>
      <p class="lead">${t.portal.homeLead}</p>
    </div>
    <hoiam-report lang=${lang} theme=${theme}></hoiam-report>
    <div class="aside">
      <ul class="promise">
        ${t.portal.promise.map((each) => html`<li>${each}</li>`)}
      </ul>
      ${
        route.page === 'home'
          ? html`<hoiam-status lang=${lang} theme=${theme}></hoiam-status>`
          : nothing
      }
    </div>
    <section class="recent" aria-labelledby="recent">
      <div class="row">
        <h2 id="recent">${t.portal.recent}</h2>
        <a href="/answers">${t.portal.recentAll}</a>
      </div>
      <hoiam-recent-answers .settings=${settingsOf(preferences)}></hoiam-recent-answers>
    </section>
  </div>`
}

function cases({ t, route, preferences: { lang, theme } }: PagesView, code: string | null) {
  return html`<div class="page narrow">
    <h1 tabindex="-1">${pageTitle(t, route)}</h1>
    <hoiam-status lang=${lang} theme=${theme} code=${code ?? nothing}></hoiam-status>
  </div>`
}

function answers({ t, route, preferences: { lang, theme } }: PagesView, code: string | null) {
  return html`<div class="page">
    <h1 tabindex="-1">${pageTitle(t, route)}</h1>
    <p class="lead">${t.portal.answersLead}</p>
    <hoiam-answers lang=${lang} theme=${theme} code=${code ?? nothing}></hoiam-answers>
  </div>`
}

function performance({ t, route, preferences }: PagesView) {
  return html`<div class="page">
    <h1 tabindex="-1">${pageTitle(t, route)}</h1>
    <hoiam-performance-page .settings=${settingsOf(preferences)}></hoiam-performance-page>
  </div>`
}

function notFound({ t, route }: PagesView) {
  return html`<div class="page">
    <h1 tabindex="-1">${pageTitle(t, route)}</h1>
    <p><a href="/">${t.portal.links.home}</a></p>
  </div>`
}

function settingsOf({ lang, theme }: Preferences): WidgetSettings {
  return { lang, theme, unit: null, code: null }
}
