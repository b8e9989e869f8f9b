import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MONITOR_MODES } from '#contracts/call-record'
import type { AgentView } from '#contracts/telephony'
import { EmptyState } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import { clockOf } from '../../lib/duration.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { SkillsDialog } from './skills-dialog.tsx'
import { useTelephone } from './telephone-context.tsx'
import '../../components/table.css'
import './telephone.css'

const HEADS = ['name', 'state', 'since', 'skills'] as const
const TONES = {
  offline: 'quiet',
  available: 'good',
  ringing: 'warn',
  talking: 'info',
  wrapup: 'info',
  away: 'warn',
} as const

/** Everyone at the telephone: what they do and since when; listen, coach, join, and set skills. */
export function AgentsPage(): ReactNode {
  const { t } = useTranslation()
  const { agents } = useTelephone()
  const [edited, setEdited] = useState<AgentView | null>(null)
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('telephone.agents.title')}</h1>
      </header>
      {agents.length === 0 ? (
        <EmptyState title={t('telephone.agents.empty')} hint={t('telephone.agents.emptyHint')} />
      ) : (
        <table className="table" aria-label={t('telephone.agents.table')}>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {t(`telephone.agents.${head}`)}
                </th>
              ))}
              <th scope="col">{t('telephone.callBacks.do')}</th>
            </tr>
          </thead>
          <tbody>
            {[...agents]
              .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
              .map((agent) => (
                <AgentLine key={agent.id} agent={agent} onEdit={setEdited} />
              ))}
          </tbody>
        </table>
      )}
      {edited && (
        <SkillsDialog
          agent={edited}
          onClose={() => {
            setEdited(null)
          }}
        />
      )}
    </div>
  )
}

function AgentLine(props: {
  readonly agent: AgentView
  readonly onEdit: (agent: AgentView) => void
}): ReactNode {
  const { t } = useTranslation()
  const { session, watch, watched, own, isBusy } = useTelephone()
  const { shortFieldName } = useFieldNames()
  const now = useSeconds()
  const { agent } = props
  const { name, state, afterCall, languages, fields } = agent
  const canWatch = state === 'talking' && agent.id !== session.id && own === null && !isBusy
  return (
    <tr data-off={state === 'offline'}>
      <th scope="row">{name}</th>
      <td>
        <Pill tone={TONES[state]}>{t(`telephone.states.${state}`)}</Pill>{' '}
        {afterCall && <span className="soft">{t(`telephone.afterCall.${afterCall}`)}</span>}
      </td>
      <td className="numbers">{clockOf(now - Date.parse(agent.since))}</td>
      <td title={fields.map(shortFieldName).join(', ')}>
        {languages.map((each) => t(`telephone.language.${each}`)).join(', ')} ·{' '}
        {fields.length === 0
          ? t('telephone.agents.allFields')
          : t('telephone.agents.fieldsCount', { n: fields.length })}
      </td>
      <td>
        <div className="tel-actions">
          {MONITOR_MODES.map((mode) => (
            <Button
              key={mode}
              size="compact-xs"
              variant="default"
              disabled={!canWatch}
              aria-pressed={watched?.agent.id === agent.id && watched.mode === mode}
              aria-label={t(`telephone.agents.modeOf.${mode}`, { name })}
              onClick={() => void watch(agent, mode)}
            >
              {t(`telephone.agents.${mode}`)}
            </Button>
          ))}
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('telephone.agents.editSkillsOf', { name })}
            onClick={() => {
              props.onEdit(agent)
            }}
          >
            {t('telephone.agents.editSkills')}
          </Button>
        </div>
      </td>
    </tr>
  )
}
