import type { Reader } from '../format/moment.ts'
import type { Act, StatusState } from './status-state.ts'

/** What the citizen can do on the status screen. */
export interface StatusHandlers {
  readonly editKey: (change: Partial<Pick<StatusState, 'code' | 'pin'>>) => void
  readonly view: () => void
  readonly leave: () => void
  readonly choose: (act: Act | null) => void
  readonly edit: (change: Partial<Pick<StatusState, 'words' | 'score'>>) => void
  readonly act: (act: Act) => void
}

/** A file of the case: its address once fetched, null while coming, 'failed' if it did not. */
export type FileAddress = { readonly url: string } | 'failed' | null

/** Everything the status screen is made from. */
export interface StatusView extends Reader {
  readonly state: StatusState
  readonly files: ReadonlyMap<string, FileAddress>
  readonly on: StatusHandlers
}
