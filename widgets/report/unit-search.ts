import type { Unit } from '#contracts/catalogue'

/** The list below the search box. */
export interface UnitSearchState {
  readonly query: string
  readonly phase: 'closed' | 'searching' | 'open' | 'failed'
  readonly units: readonly Unit[]
  /** The option the arrow keys are on; -1 for none. */
  readonly active: number
}

export type UnitSearchAction =
  | { readonly type: 'typed'; readonly query: string }
  | { readonly type: 'found'; readonly query: string; readonly units: readonly Unit[] }
  | { readonly type: 'failed'; readonly query: string }
  | { readonly type: 'moved'; readonly by: 1 | -1 }
  | { readonly type: 'closed' }
  | { readonly type: 'chosen'; readonly name: string }

export const initialUnitSearch: UnitSearchState = {
  query: '',
  phase: 'closed',
  units: [],
  active: -1,
}

/** Whether there is a list to walk through; it stays while a longer query is looked up. */
export function isListShown({ phase, units }: UnitSearchState): boolean {
  return units.length > 0 && (phase === 'open' || phase === 'searching')
}

/** The search box after a key or an answer; an answer to an older question changes nothing. */
export function reduceUnitSearch(
  state: UnitSearchState,
  action: UnitSearchAction,
): UnitSearchState {
  switch (action.type) {
    case 'typed':
      return action.query.trim() === ''
        ? { ...initialUnitSearch, query: action.query }
        : { ...state, query: action.query, phase: 'searching', active: -1 }
    case 'found':
      if (action.query !== state.query || state.phase !== 'searching') return state
      return { ...state, phase: 'open', units: action.units, active: -1 }
    case 'failed':
      if (action.query !== state.query) return state
      return { ...state, phase: 'failed', units: [] }
    case 'moved':
      return { ...state, active: wrapped(state.active + action.by, state.units.length) }
    case 'closed':
      return { ...state, phase: 'closed', active: -1 }
    case 'chosen':
      return { ...initialUnitSearch, query: action.name }
  }
}

/** Past either end one is back in the box, as in the ARIA combobox pattern. */
function wrapped(index: number, count: number): number {
  if (index >= count) return -1
  return index < -1 ? count - 1 : index
}
