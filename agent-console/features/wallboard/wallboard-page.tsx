import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wallboard } from '#contracts/telephony'
import { KeyHint } from '../../components/key-hint.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { stamp } from '../../lib/time.ts'
import { useNowBySecond } from '../../lib/use-now.ts'
import { AgentsTable } from './agents-table.tsx'
import { History } from './history.tsx'
import { TileList } from './tile-list.tsx'
import { useBigScreen } from './use-big-screen.ts'
import { useWallboard } from './use-wallboard.ts'
import './wallboard.css'

/** The centre at a glance: who waits, how the day goes, what each agent does, and the days before. */
export function WallboardPage(): ReactNode {
  const { t, i18n } = useTranslation()
  const { data, dataUpdatedAt, error, isPending, refetch } = useWallboard()
  const { isBig, toggle } = useBigScreen()
  return (
    <div className="page wallboard" data-big-screen={isBig}>
      <header className="page-head">
        <h1>{t('wallboard.title')}</h1>
        {data && (
          <span className="soft numbers">
            {t('wallboard.updated', {
              time: stamp(new Date(data.at), new Date(dataUpdatedAt), screenLanguage(i18n)),
            })}
          </span>
        )}
        <Button
          variant="default"
          size="compact-md"
          aria-keyshortcuts="f"
          rightSection={<KeyHint keys={isBig ? 'escape' : 'f'} />}
          onClick={toggle}
        >
          {t(isBig ? 'wallboard.leaveBigScreen' : 'wallboard.bigScreen')}
        </Button>
      </header>
      {isPending && <Skeleton height={320} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && <LivePart wallboard={data} heardAt={dataUpdatedAt} />}
      {!isBig && <History />}
    </div>
  )
}

/** What ticks. The server's clock counts: this computer's may be wrong by minutes. */
function LivePart(props: { readonly wallboard: Wallboard; readonly heardAt: number }): ReactNode {
  const { wallboard, heardAt } = props
  const sinceHeardMs = Math.max(0, useNowBySecond().getTime() - heardAt)
  const now = new Date(Date.parse(wallboard.at) + sinceHeardMs)
  return (
    <>
      <TileList wallboard={wallboard} now={now} />
      <AgentsTable agents={wallboard.agents} now={now} />
    </>
  )
}
