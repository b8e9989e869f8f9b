import { useState } from 'react'
import type { CaseCommand, CaseView } from '#contracts/cases'
import type { Session } from '#contracts/staff'
import type { CaseAction } from '#contracts/vocabulary'
import { type Basis, basisOf, versionToActOn } from './basis.ts'
import type { Acting, CommandBody } from './dialogs/acting.ts'
import type { DialogAction } from './dialogs/case-dialogs.tsx'
import { type Draft, editorText } from './draft-reducer.ts'
import { type Revealed, withRevealed } from './revealed.ts'
import { type Commands, useCommands } from './use-commands.ts'
import { useDraft } from './use-draft.ts'

/** Everything that can be done with the open case, and what is being done. */
export type CaseActions = {
  readonly view: CaseView
  readonly draft: Draft
  readonly commands: Commands
  readonly dialog: { readonly action: DialogAction } | null
  readonly acting: Acting
  /** The response may be written here now. */
  readonly isEditable: boolean
  /** The response waits for this person's signature. */
  readonly isForReview: boolean
  /** Starts an action: its dialog, or the action itself where there is nothing to ask. */
  readonly begin: (action: CaseAction) => void
  readonly chooseField: (fieldId: string) => void
  readonly mergeInto: (lead: CommandBody<'merge'>) => void
  readonly splitPart: (part: CommandBody<'split'>) => void
  readonly type: (text: string) => void
  readonly saveDraft: () => void
  readonly submit: () => void
  readonly approve: () => void
  readonly takeTheirs: () => void
  readonly keepMine: () => void
  readonly loadNewest: () => Promise<void>
}

/** Ties the actions to the case as it was seen: dialogs and drafts remember what they began with. */
export function useCaseActions(read: CaseView, session: Session): CaseActions {
  const commands = useCommands(read.code)
  const [draft, dispatch] = useDraft(session.id, read.code)
  const [dialog, setDialog] = useState<{ action: DialogAction; basis: Basis } | null>(null)
  const [revealed, setRevealed] = useState<Revealed | null>(null)
  const view = withRevealed(read, revealed)
  const can = (action: CaseAction) => view.actions.includes(action)

  function begin(action: CaseAction): void {
    // A part is split off, and a duplicate chosen, where it stands: not by a name in a list.
    if (!can(action) || action === 'split' || action === 'merge') return
    if (action === 'accept' || action === 'approve') {
      void commands.run(action, { version: view.version })
    } else if (action === 'draft' || action === 'submit') {
      void sendText(action)
    } else {
      commands.forgetError()
      setDialog({ action, basis: basisOf(view) })
    }
  }

  async function sendText(action: 'draft' | 'submit'): Promise<void> {
    const text = editorText(draft, view)
    if (!can(action) || text.trim() === '') return
    const version = draft ? versionToActOn(draft.basis, view) : view.version
    const answer = await commands.run(action, { version, text })
    if (answer) dispatch({ type: 'saved', text, view: answer })
  }

  async function act<A extends CaseAction>(action: A, body: CommandBody<A>): Promise<void> {
    // A note contradicts nobody: it goes onto whatever is there now.
    const isAdded = action === 'note' || dialog === null
    const version = isAdded ? view.version : versionToActOn(dialog.basis, view)
    const answer = await commands.run(action, { ...body, version } as unknown as CaseCommand<A>)
    if (!answer) return
    setDialog(null)
    if (action === 'reveal') setRevealed(answer)
  }

  async function loadNewest(): Promise<void> {
    const newest = await commands.loadNewest()
    if (!newest) return
    dispatch({ type: 'kept', view: newest })
    setDialog((current) => current && { ...current, basis: basisOf(newest) })
  }

  return {
    view,
    draft,
    commands,
    dialog,
    acting: {
      view,
      act: (action, body) => void act(action, body),
      isBusy: commands.running !== null,
      error: commands.error,
      onClose: () => {
        commands.forgetError()
        setDialog(null)
      },
    },
    isEditable: can('draft') || can('submit'),
    isForReview: view.response?.state === 'submitted' && (can('approve') || can('send-back')),
    begin,
    chooseField: (fieldId) => {
      if (can('correct')) void commands.run('correct', { version: view.version, fieldId })
    },
    mergeInto: (lead) => {
      if (can('merge')) void commands.run('merge', { version: view.version, ...lead })
    },
    splitPart: (part) => {
      if (can('split')) void commands.run('split', { version: view.version, ...part })
    },
    type: (text) => {
      dispatch({ type: 'typed', text, view })
    },
    saveDraft: () => void sendText('draft'),
    submit: () => void sendText('submit'),
    approve: () => {
      begin('approve')
    },
    takeTheirs: () => {
      dispatch({ type: 'dropped' })
    },
    keepMine: () => {
      dispatch({ type: 'kept', view })
    },
    loadNewest,
  }
}
