import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaseAction, REDIRECT_TARGETS, REJECT_REASONS } from '#contracts/vocabulary'
import type { Acting } from './acting.ts'
import { ChoiceDialog } from './choice-dialog.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { ReturnDialog } from './return-dialog.tsx'
import { RouteDialog } from './route-dialog.tsx'
import { TextDialog } from './text-dialog.tsx'

/** Actions that ask something first. The others are carried out at once. */
export type DialogAction = Exclude<
  CaseAction,
  'accept' | 'split' | 'merge' | 'draft' | 'submit' | 'approve'
>

const DIALOGS: Record<DialogAction, (props: { readonly acting: Acting }) => ReactNode> = {
  correct: FieldDialog,
  route: RouteDialog,
  return: ReturnDialog,
  extend: ExtendDialog,
  note: NoteDialog,
  reveal: RevealDialog,
  'send-back': SendBackDialog,
  reject: RejectDialog,
  redirect: RedirectDialog,
  unmerge: UnmergeDialog,
}

/** The dialog of an action. */
export function CaseDialog(props: {
  readonly action: DialogAction
  readonly acting: Acting
}): ReactNode {
  const Asked = DIALOGS[props.action]
  return <Asked acting={props.acting} />
}

function NoteDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <TextDialog
      acting={acting}
      title={t('dialogs.noteTitle')}
      hint={t('dialogs.noteHint')}
      label={t('dialogs.noteText')}
      submitLabel={t('app.save')}
      minLength={1}
      maxLength={5_000}
      onText={(text) => {
        acting.act('note', { text })
      }}
    />
  )
}

function ExtendDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <TextDialog
      acting={acting}
      title={t('dialogs.extendTitle')}
      hint={t('dialogs.extendHint')}
      label={t('dialogs.reason')}
      submitLabel={t('actions.extend')}
      minLength={5}
      maxLength={500}
      onText={(reason) => {
        acting.act('extend', { reason })
      }}
    />
  )
}

function RevealDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <TextDialog
      acting={acting}
      title={t('dialogs.revealTitle')}
      hint={t('dialogs.revealHint')}
      label={t('dialogs.revealReason')}
      submitLabel={t('actions.reveal')}
      minLength={5}
      maxLength={300}
      onText={(reason) => {
        acting.act('reveal', { reason })
      }}
    />
  )
}

function UnmergeDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <TextDialog
      acting={acting}
      title={t('dialogs.unmergeTitle')}
      hint={t('dialogs.unmergeHint')}
      label={t('dialogs.reason')}
      submitLabel={t('actions.unmerge')}
      minLength={3}
      maxLength={500}
      onText={(reason) => {
        acting.act('unmerge', { reason })
      }}
    />
  )
}

function SendBackDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <TextDialog
      acting={acting}
      title={t('dialogs.sendBackTitle')}
      label={t('dialogs.sendBackReason')}
      submitLabel={t('actions.send-back')}
      minLength={1}
      maxLength={1_000}
      onText={(reason) => {
        acting.act('send-back', { reason })
      }}
    />
  )
}

function RejectDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <ChoiceDialog
      acting={acting}
      title={t('dialogs.rejectTitle')}
      hint={t('dialogs.rejectHint')}
      label={t('dialogs.reason')}
      choices={REJECT_REASONS}
      maxComment={500}
      submitLabel={t('actions.reject')}
      isDangerous
      onChoice={(reason, comment) => {
        acting.act('reject', { reason, ...(comment === undefined ? {} : { comment }) })
      }}
    />
  )
}

function RedirectDialog({ acting }: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  return (
    <ChoiceDialog
      acting={acting}
      title={t('dialogs.redirectTitle')}
      label={t('dialogs.redirectTarget')}
      choices={REDIRECT_TARGETS}
      maxComment={500}
      submitLabel={t('actions.redirect')}
      onChoice={(target, comment) => {
        acting.act('redirect', { target, ...(comment === undefined ? {} : { comment }) })
      }}
    />
  )
}
