import type { CaseRow } from '#contracts/cases'
import type { CaseChanged } from '#contracts/events'

/** What events told of one case: its newest row, and the join of the rooms under which it was heard. */
export type HeardRow = { readonly row: CaseRow; readonly join: number }

/** Everything heard since the console opened. */
export type LiveRows = {
  readonly heard: ReadonlyMap<string, HeardRow>
  /** Codes that arrived and were not opened yet, oldest first. */
  readonly arrived: ReadonlySet<string>
}

/** An event as it came in. */
export type HeardChange = { readonly changed: CaseChanged; readonly join: number }

export type LiveAction =
  | { readonly type: 'heard'; readonly changes: readonly HeardChange[] }
  | { readonly type: 'opened'; readonly code: string }

export const NOTHING_HEARD: LiveRows = { heard: new Map(), arrived: new Set() }

const ARRIVALS: readonly CaseChanged['name'][] = ['case:opened', 'case:routed', 'case:triaged']

/** Takes in events: the newest version wins, so loss, order and duplicates do not matter. */
export function liveRowsReducer(current: LiveRows, action: LiveAction): LiveRows {
  return action.type === 'heard' ? hear(current, action.changes) : open(current, action.code)
}

function hear(current: LiveRows, changes: readonly HeardChange[]): LiveRows {
  const heard = new Map(current.heard)
  const arrived = new Set(current.arrived)
  for (const { changed, join } of changes) {
    const { code, name, row } = changed
    const known = heard.get(code)
    if (known && known.row.version > row.version) continue
    if (ARRIVALS.includes(name) && known?.row.version !== row.version) arrived.add(code)
    heard.set(code, { row, join })
  }
  return { heard, arrived }
}

function open(current: LiveRows, code: string): LiveRows {
  if (!current.arrived.has(code)) return current
  const arrived = new Set(current.arrived)
  arrived.delete(code)
  return { ...current, arrived }
}
