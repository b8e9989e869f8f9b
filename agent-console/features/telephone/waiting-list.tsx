import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Pill } from '../../components/pill.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { clockOf } from '../../lib/duration.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { useCallerName } from './caller-name.ts'
import { useTelephone } from './telephone-context.tsx'

/** Who waits, first in line first; each can be taken. */
export function WaitingList(props: { readonly onTaken: () => void }): ReactNode {
  const { t } = useTranslation()
  const { board, boardError, run, isBusy, me, own } = useTelephone()
  const now = useSeconds()
  const callerName = useCallerName()
  const waiting = board?.waiting ?? []
  // Whoever is offline has no line; whoever talks has one already.
  const canTake = me !== null && me.state !== 'offline' && own === null
  return (
    <div>
      <h2 className="section-title">{t('telephone.line')}</h2>
      {boardError !== null && <ProblemNotice error={boardError} />}
      {board && waiting.length === 0 && <p className="soft">{t('telephone.lineEmpty')}</p>}
      <ol className="tel-line-list">
        {waiting.map((call) => (
          <li key={call.id}>
            <span className="numbers">{callerName(call)}</span>
            {call.language && <Pill tone="info">{t(`telephone.language.${call.language}`)}</Pill>}
            <span className="soft numbers">
              {t('telephone.waitingFor', { time: clockOf(now - Date.parse(call.enteredAt)) })}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              disabled={!canTake || isBusy}
              aria-label={t('telephone.takeCall', { phone: callerName(call) })}
              onClick={() => {
                void run(call.id, { name: 'accept' }).then((taken) => {
                  if (taken) props.onTaken()
                })
              }}
            >
              {t('telephone.take')}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  )
}
