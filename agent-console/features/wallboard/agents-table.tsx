import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentState, AgentView } from '#contracts/telephony'
import { EmptyState } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import { clock } from '../../lib/clock.ts'
import '../../components/table.css'

/** Who is busy comes first; within a state, who has been in it longest. */
const STATE_TONES: Record<AgentState, 'good' | 'info' | 'warn' | 'quiet'> = {
  talking: 'info',
  ringing: 'warn',
  wrapup: 'warn',
  available: 'good',
  away: 'quiet',
  offline: 'quiet',
}
const STATE_ORDER = Object.keys(STATE_TONES) as AgentState[]

/** Agents by what they are doing and for how long, at `now` (the server's clock). */
export function AgentsTable(props: {
  readonly agents: readonly AgentView[]
  readonly now: Date
}): ReactNode {
  const { t } = useTranslation()
  const { agents, now } = props
  return (
    <section className="wallboard-part wallboard-agents" aria-labelledby="wallboard-agents">
      <h2 id="wallboard-agents">{t('wallboard.agents.title', { n: agents.length })}</h2>
      {agents.length === 0 ? (
        <EmptyState title={t('wallboard.agents.empty')} />
      ) : (
        <table className="table" aria-label={t('wallboard.agents.table')}>
          <thead>
            <tr>
              {(['name', 'state', 'since', 'languages', 'fields'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`wallboard.agents.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byState(agents).map((agent) => (
              <AgentLine key={agent.id} agent={agent} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function AgentLine(props: { readonly agent: AgentView; readonly now: Date }): ReactNode {
  const { t } = useTranslation()
  const { shortFieldName } = useFieldNames()
  const { name, state, afterCall, since, languages, fields } = props.agent
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Pill tone={STATE_TONES[state]}>{t(`telephone.states.${state}`)}</Pill>{' '}
        {afterCall && <span className="soft">{t(`telephone.afterCall.${afterCall}`)}</span>}
      </td>
      <td className="numbers">{clock((props.now.getTime() - Date.parse(since)) / 1_000)}</td>
      <td>{languages.map((language) => t(`wallboard.languages.${language}`)).join(', ')}</td>
      <td>
        {fields.length === 0
          ? t('wallboard.agents.anyField')
          : fields.map((field) => shortFieldName(field)).join(', ')}
      </td>
    </tr>
  )
}

function byState(agents: readonly AgentView[]): AgentView[] {
  return agents.toSorted(
    (a, b) =>
      STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
      Date.parse(a.since) - Date.parse(b.since),
  )
}
