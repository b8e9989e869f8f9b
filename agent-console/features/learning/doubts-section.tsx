import { Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { DoubtfulExample, DoubtVerdict } from '#contracts/learning'
import { EmptyState } from '../../components/notice.tsx'
import { LoadFailed, ProblemNotice } from '../../components/problem-notice.tsx'
import { useKeys } from '../../lib/keyboard.ts'
import { DoubtCard } from './doubt-card.tsx'
import { useDoubts, useStaffNames, useVerdict } from './use-learning.ts'

/** Examples that contradict others or look poisoned, one under the other, to be settled by keyboard. */
export function DoubtsSection(props: { readonly doubtfulCount: number }): ReactNode {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useDoubts(props.doubtfulCount)
  const examples = data?.examples ?? []
  const unseen = props.doubtfulCount - examples.length
  return (
    <section aria-label={t('learning.doubts.title')}>
      <h2 className="section-title">{t('learning.doubts.title')}</h2>
      {isPending && <Skeleton height={160} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && examples.length === 0 && (
        <EmptyState title={t('learning.doubts.empty')} hint={t('learning.doubts.emptyHint')} />
      )}
      {examples.length > 0 && (
        <>
          <p className="soft">{t('learning.doubts.hint')}</p>
          <DoubtList examples={examples} />
        </>
      )}
      {data && examples.length > 0 && unseen > 0 && (
        <p className="soft">{t('learning.doubts.more', { n: unseen, shown: examples.length })}</p>
      )}
    </section>
  )
}

function DoubtList(props: { readonly examples: readonly DoubtfulExample[] }): ReactNode {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const names = useStaffNames()
  const settle = useVerdict()
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const { examples } = props
  const current = at === null ? null : Math.min(at, examples.length - 1)

  // Also after a decision: the next one has moved into the place of the one that is gone.
  const currentId = current === null ? null : examples[current]?.id
  useEffect(() => {
    if (current === null) return
    const place = list.current?.children[current]
    if (place instanceof HTMLElement && !place.contains(document.activeElement)) place.focus()
  }, [current, currentId])

  function decide(id: string | undefined, verdict: DoubtVerdict['verdict']): void {
    if (id === undefined || settle.isPending) return
    settle.mutate(
      { id, verdict },
      {
        onSuccess: () => {
          const told = verdict === 'keep' ? 'learning.doubts.kept' : 'learning.doubts.dropped'
          notifications.show({ message: t(told) })
        },
      },
    )
  }
  const move = (step: 1 | -1) => () => {
    const next = current === null ? 0 : current + step
    setAt(Math.min(Math.max(next, 0), examples.length - 1))
  }
  const chosen = current === null ? undefined : examples[current]
  useKeys({
    j: move(1),
    arrowdown: move(1),
    k: move(-1),
    arrowup: move(-1),
    ...(chosen && {
      a: () => {
        decide(chosen.id, 'keep')
      },
      x: () => {
        decide(chosen.id, 'drop')
      },
    }),
  })
  return (
    <>
      {settle.error && <ProblemNotice error={settle.error} />}
      <ol ref={list} className="doubts" aria-label={t('learning.doubts.list')}>
        {examples.map((example, index) => (
          <DoubtCard
            key={example.id}
            example={example}
            by={names.get(example.by) ?? t('learning.doubts.somebody')}
            isCurrent={index === current}
            isBusy={settle.isPending}
            onFocus={() => {
              setAt(index)
            }}
            onOpen={() => void navigate(`/inbox/all/${example.caseCode}`)}
            onVerdict={(verdict) => {
              decide(example.id, verdict)
            }}
          />
        ))}
      </ol>
    </>
  )
}
