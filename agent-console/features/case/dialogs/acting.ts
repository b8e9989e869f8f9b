import type { CaseCommand, CaseView } from '#contracts/cases'
import type { CaseAction } from '#contracts/vocabulary'

/** A command without the version, which is known where it is sent. */
export type CommandBody<A extends CaseAction> = Omit<CaseCommand<A>, 'version'>

/** What every dialog on a case is given. */
export type Acting = {
  readonly view: CaseView
  /** Carries the action out and closes the dialog when it is done. */
  readonly act: <A extends CaseAction>(action: A, body: CommandBody<A>) => void
  readonly isBusy: boolean
  readonly error: unknown
  readonly onClose: () => void
}
