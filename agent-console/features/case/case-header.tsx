import { ActionIcon, Button, Menu } from '@mantine/core'
import { type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import type { CaseAction } from '#contracts/vocabulary'
import { DueWords } from '../../components/due-words.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { Pill, STATUS_TONES } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { copyText } from '../../lib/clipboard.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { dueTone } from '../../lib/due.ts'
import { ACTION_KEYS } from '../../lib/keys.ts'
import { fullMoment, stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'

const BUTTONS: readonly CaseAction[] = ['accept', 'route', 'return', 'extend']
const IN_MENU: readonly CaseAction[] = [
  'correct',
  'note',
  'reveal',
  'redirect',
  'unmerge',
  'reject',
]

/** Which case, until when, and what this person may do with it now. */
export function CaseHeader(props: {
  readonly view: CaseView
  readonly summary: string
  readonly heading: RefObject<HTMLHeadingElement | null>
  readonly running: CaseAction | null
  readonly presence: ReactNode
  readonly onAction: (action: CaseAction) => void
  readonly onBack: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { view, summary, heading, running, presence, onAction, onBack } = props
  return (
    <header className="case-head">
      <Button
        className="case-back"
        variant="subtle"
        size="compact-sm"
        onClick={onBack}
        aria-keyshortcuts="Escape"
      >
        ← {t('case.back')}
      </Button>
      <Moments view={view} />
      <Actions view={view} running={running} onAction={onAction} />
      <h1 ref={heading} tabIndex={-1} className="case-summary">
        {summary}
      </h1>
      <div className="case-head-foot">
        <Pill tone={STATUS_TONES[view.status]}>{t(`status.${view.status}`)}</Pill>
        {view.urgency === 'emergency' && <Pill tone="urgent">{t('urgency.emergency')}</Pill>}
        {view.isRestricted && <Pill tone="quiet">{t('case.restricted')}</Pill>}
        {presence}
      </div>
    </header>
  )
}

function Moments(props: { readonly view: CaseView }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const lang = screenLanguage(i18n)
  const { code, receivedAt, dueAt, isExtended } = props.view
  return (
    <p className="case-moments numbers">
      <button
        type="button"
        className="case-code"
        aria-label={t('case.copyCode', { code: spacedCode(code) })}
        title={t('app.copy')}
        onClick={() => void copyText(code)}
      >
        {spacedCode(code)}
      </button>
      <span>{t('case.received', { time: stamp(new Date(receivedAt), now, lang) })}</span>
      <span>
        {dueAt === null
          ? t('case.noDue')
          : t('case.due', { time: fullMoment(new Date(dueAt), now, lang) })}
        {isExtended && ` (${t('case.extended')})`}
      </span>
      {dueTone(props.view, now) !== 'calm' && <DueWords row={props.view} now={now} />}
    </p>
  )
}

function Actions(props: {
  readonly view: CaseView
  readonly running: CaseAction | null
  readonly onAction: (action: CaseAction) => void
}): ReactNode {
  const { t } = useTranslation()
  const { actions } = props.view
  const buttons = BUTTONS.filter((action) => actions.includes(action))
  const inMenu = IN_MENU.filter((action) => actions.includes(action))
  return (
    <div className="case-actions">
      {buttons.map((action, index) => (
        <Button
          key={action}
          size="compact-md"
          variant={index === 0 && action !== 'return' ? 'filled' : 'default'}
          loading={props.running === action}
          aria-keyshortcuts={ACTION_KEYS[action]}
          rightSection={<KeyHint keys={ACTION_KEYS[action] ?? ''} />}
          onClick={() => {
            props.onAction(action)
          }}
        >
          {t(`actions.${action}`)}
        </Button>
      ))}
      {inMenu.length > 0 && (
        <Menu position="bottom-end" returnFocus>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={t('app.more')}>
              ⋯
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {inMenu.map((action) => (
              <Menu.Item
                key={action}
                rightSection={ACTION_KEYS[action] && <KeyHint keys={ACTION_KEYS[action]} />}
                onClick={() => {
                  props.onAction(action)
                }}
              >
                {t(`actions.${action}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
