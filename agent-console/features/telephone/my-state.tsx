import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentPresence } from '#contracts/telephony'
import { clockOf } from '../../lib/duration.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { useTelephone } from './telephone-context.tsx'

type Choice = AgentPresence['state']

const CHOICES: readonly Choice[] = ['available', 'away', 'offline']

/** What I am doing and for how long, and what I choose: at once, or in a call for afterwards. */
export function MyState(): ReactNode {
  const { t } = useTranslation()
  const { me, choose } = useTelephone()
  const now = useSeconds()
  const state = me?.state ?? 'offline'
  const after = me?.afterCall ?? null
  const isBusy = !CHOICES.some((choice) => choice === state)
  const time = me ? clockOf(now - Date.parse(me.since)) : null

  function hint(choice: Choice): string {
    const isLater = isBusy && choice !== 'available'
    const words = t(isLater ? `telephone.afterCall.${choice}` : `telephone.choose.${choice}`)
    return `${words} (${TELEPHONE_KEYS[choice].toUpperCase()})`
  }

  return (
    <div className="tel-me">
      <div className="tel-choices" role="group" aria-label={t('telephone.state')}>
        {CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className="tel-choice"
            data-state={choice}
            aria-pressed={state === choice || after === choice}
            aria-keyshortcuts={TELEPHONE_KEYS[choice]}
            title={hint(choice)}
            onClick={() => {
              choose(choice)
            }}
          >
            <span className="tel-dot" data-state={choice} aria-hidden="true" />
            {t(`telephone.states.${choice}`)}
          </button>
        ))}
      </div>
      <span className="tel-since numbers">
        {isBusy && <strong>{t(`telephone.states.${state}`)} · </strong>}
        {state !== 'offline' && time}
      </span>
      <span className="tel-after" role="status">
        {after !== null && (
          <>
            {t(`telephone.afterCall.${after}`)}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                choose('available')
              }}
            >
              {t('telephone.afterCall.takeBack')}
            </Button>
          </>
        )}
      </span>
    </div>
  )
}
