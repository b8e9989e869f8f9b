import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { CaseRow } from '#contracts/cases'

const ROW_HEIGHT = 60
const OVERSCAN = 10

/**
 * Shows only the rows in sight, and holds the first of them where it is when others come or go above.
 * At the very top, with nobody at work in the list, new rows flow in.
 */
export function useAnchoredRows(
  rows: readonly CaseRow[],
  scroller: RefObject<HTMLElement | null>,
  isBusy: () => boolean,
) {
  // eslint-disable-next-line react-hooks/incompatible-library -- what it returns is never memoised
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.code ?? index,
    overscan: OVERSCAN,
    initialRect: { width: 0, height: 800 },
  })
  const shown = useRef(rows)
  const [above, setAbove] = useState<readonly string[]>([])

  useLayoutEffect(() => {
    const before = shown.current
    shown.current = rows
    const element = scroller.current
    if (!element || before === rows) return
    const top = element.scrollTop
    if (top < ROW_HEIGHT && !isBusy()) return
    const first = Math.floor(top / ROW_HEIGHT)
    const at = anchorIndex(before, rows, first)
    if (at === null) return
    element.scrollTop = top + (at.after - at.before) * ROW_HEIGHT
    const known = new Set(before.map((row) => row.code))
    const arrived = rows.slice(0, at.after).filter((row) => !known.has(row.code))
    if (arrived.length > 0) setAbove((codes) => [...codes, ...arrived.map((row) => row.code)])
  }, [rows, scroller, isBusy])

  return {
    virtualizer,
    /** How many rows came in above what is in sight. */
    aboveCount: above.length,
    forgetAbove: () => {
      if (above.length > 0) setAbove([])
    },
  }
}

/** Where the first row in sight that is still there was, and where it is now. */
export function anchorIndex(
  before: readonly Pick<CaseRow, 'code'>[],
  after: readonly Pick<CaseRow, 'code'>[],
  first: number,
): { readonly before: number; readonly after: number } | null {
  const places = new Map(after.map((row, index) => [row.code, index]))
  for (let index = first; index < before.length; index += 1) {
    const place = places.get(before[index]?.code ?? '')
    if (place !== undefined) return { before: index, after: place }
  }
  return null
}
