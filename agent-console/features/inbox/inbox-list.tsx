import { type ReactNode, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '#contracts/cases'
import { useKeys } from '../../lib/keyboard.ts'
import { useNow } from '../../lib/use-now.ts'
import { InboxRow } from './inbox-row.tsx'
import { useLiveInbox } from './live-inbox.tsx'
import { nextReached, type Reached } from './reached-row.ts'
import { useAnchoredRows } from './use-anchored-rows.ts'

/** The rows, only those in sight; J and K or the arrows move through them, Enter opens. */
export function InboxList(props: {
  readonly rows: readonly CaseRow[]
  readonly openCode: string | null
  readonly pathOf: (code: string) => string
  readonly isLoadingMore: boolean
  readonly onNearEnd: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { rows } = props
  const { arrived } = useLiveInbox()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const isBusy = useCallback(() => scroller.current?.matches(':hover, :focus-within') ?? false, [])
  const { virtualizer, aboveCount, forgetAbove } = useAnchoredRows(rows, scroller, isBusy)
  const [chosen, setChosen] = useState<Reached>({ code: props.openCode, index: 0 })
  const reached = nextReached(chosen, rows)

  function move(step: number): void {
    const index = Math.min(Math.max(reached.index + step, 0), rows.length - 1)
    const row = rows[index]
    if (!row) return
    setChosen({ code: row.code, index })
    virtualizer.scrollToIndex(index)
    focusRow(scroller.current, row.code)
  }
  const start = chosen.code === null ? 0 : 1
  useKeys({
    j: () => {
      move(start)
    },
    k: () => {
      move(-1)
    },
    escape: () => {
      if (reached.code) focusRow(scroller.current, reached.code)
    },
  })

  const items = virtualizer.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const nearEnd = useEffectEvent(props.onNearEnd)
  useEffect(() => {
    if (lastShown >= rows.length - 20) nearEnd()
  }, [lastShown, rows.length])

  return (
    <div
      className="inbox-scroll"
      ref={scroller}
      onScroll={(event) => {
        if (event.currentTarget.scrollTop === 0) forgetAbove()
      }}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        if (step === undefined) return
        event.preventDefault()
        move(step)
      }}
    >
      {aboveCount > 0 && (
        <div className="inbox-arrivals-hold">
          <button
            type="button"
            className="inbox-arrivals"
            onClick={() => {
              virtualizer.scrollToIndex(0)
              forgetAbove()
            }}
          >
            {t('inbox.newAbove', { n: aboveCount })}
          </button>
        </div>
      )}
      <div
        role="list"
        aria-label={t('inbox.list')}
        className="inbox-rows"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <div
              key={item.key}
              role="listitem"
              className="inbox-item"
              data-code={row.code}
              aria-posinset={item.index + 1}
              aria-setsize={rows.length}
              style={{ transform: `translateY(${String(item.start)}px)` }}
              onFocus={() => {
                setChosen({ code: row.code, index: item.index })
              }}
            >
              <InboxRow
                row={row}
                to={props.pathOf(row.code)}
                now={now}
                isOpen={row.code === props.openCode}
                isNew={arrived.has(row.code)}
                isReached={row.code === reached.code}
              />
            </div>
          )
        })}
      </div>
      {props.isLoadingMore && <p className="inbox-more">{t('inbox.loadingMore')}</p>}
    </div>
  )
}

/** Focus at once, so that the next key finds it; or when the row is drawn, if it was out of sight. */
function focusRow(scroller: HTMLElement | null, code: string): void {
  const find = () =>
    scroller?.querySelector<HTMLElement>(`[data-code="${CSS.escape(code)}"] a`) ?? null
  const row = find()
  if (row) row.focus({ preventScroll: true })
  else requestAnimationFrame(() => find()?.focus({ preventScroll: true }))
}
