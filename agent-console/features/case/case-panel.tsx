import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { CaseView } from '#contracts/cases'
import type { Session } from '#contracts/staff'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { lazily } from '../../lib/lazily.ts'
import { hasTelephone } from '../../lib/telephone.ts'
import { CaseFacts } from './case-facts.tsx'
import { CaseHeader } from './case-header.tsx'
import { CitizenWords } from './citizen-words.tsx'
import { ContactPanel } from './contact-panel.tsx'
import { ConflictDialog } from './dialogs/conflict-dialog.tsx'
import { DuplicatesPanel } from './duplicates-panel.tsx'
import { MessageCitizen } from './message-citizen.tsx'
import { MergedCases } from './merged-cases.tsx'
import { Notes } from './notes.tsx'
import { OtherMatters } from './other-matters.tsx'
import { Photos } from './photos.tsx'
import { PlacePanel } from './place-panel.tsx'
import { PresenceLine } from './presence-line.tsx'
import { ResponseArea } from './response-area.tsx'
import { ResponseRecord } from './response-record.tsx'
import { Timeline } from './timeline.tsx'
import { useCaseActions } from './use-case-actions.ts'
import { useCaseKeys } from './use-case-keys.ts'
import { usePresence } from './use-presence.ts'
import { WhyChosen } from './why-chosen.tsx'
import './case.css'

const loadDialogs = () => import('./dialogs/case-dialogs.tsx').then((loaded) => loaded.CaseDialog)
const CaseDialog = lazily(loadDialogs)

/** The open case: its words, its facts, what happened, and what this person may do now. */
export function CasePanel(props: {
  readonly view: CaseView
  readonly summary: string
  readonly session: Session
  readonly onBack: () => void
}): ReactNode {
  const { session } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const editor = useRef<HTMLTextAreaElement>(null)
  const [isWriting, setWriting] = useState(false)
  const actions = useCaseActions(props.view, session)
  const { view, commands, dialog } = actions
  const people = usePresence(
    view.code,
    session.id,
    // An editor that went away with the case's next step never says that it lost the focus.
    isWriting && actions.isEditable ? 'writing' : 'viewing',
  )
  useCaseKeys(actions, editor)
  useEffect(() => {
    // Fetched ahead: the first key should not wait for the network.
    void loadDialogs()
    // Opened from the list: the reader goes on here. Somebody who types elsewhere is left alone.
    if (!document.activeElement?.matches('input, textarea')) {
      heading.current?.focus({ preventScroll: true })
    }
  }, [])

  return (
    <article className="case">
      <CaseHeader
        view={view}
        summary={props.summary}
        heading={heading}
        running={commands.running}
        presence={<PresenceLine people={people} />}
        onAction={actions.begin}
        onBack={props.onBack}
      />
      <div className="case-body" tabIndex={-1}>
        <div className="case-main">
          <CitizenWords view={view} />
          <Photos view={view} />
          <WhyChosen
            view={view}
            onChoose={actions.chooseField}
            onOther={() => {
              actions.begin('correct')
            }}
          />
          <OtherMatters
            view={view}
            isBusy={commands.running !== null}
            onSplit={actions.splitPart}
          />
          {!actions.isEditable && !actions.isForReview && <ResponseRecord view={view} />}
          <Timeline steps={view.timeline} />
        </div>
        <aside className="case-aside">
          <MergedCases
            view={view}
            onTakeOut={() => {
              actions.begin('unmerge')
            }}
          />
          <DuplicatesPanel
            view={view}
            isBusy={commands.running !== null}
            onMerge={actions.mergeInto}
          />
          <PlacePanel place={view.place} />
          <ContactPanel
            view={view}
            canCall={hasTelephone(session)}
            onReveal={() => {
              actions.begin('reveal')
            }}
          />
          <MessageCitizen key={view.code} view={view} />
          <CaseFacts view={view} />
          <Notes
            view={view}
            onAdd={() => {
              actions.begin('note')
            }}
          />
        </aside>
      </div>
      <footer>
        {commands.error && !dialog ? <ProblemNotice error={commands.error} /> : null}
        <ResponseArea
          actions={actions}
          editor={editor}
          onFocusChange={setWriting}
          onLeave={() => heading.current?.focus({ preventScroll: true })}
        />
      </footer>
      <Suspense>
        {dialog && (
          <CaseDialog key={dialog.action} action={dialog.action} acting={actions.acting} />
        )}
      </Suspense>
      {commands.conflict && (
        <ConflictDialog
          conflict={commands.conflict}
          timeline={view.timeline}
          onLoadNewest={actions.loadNewest}
          onClose={commands.closeConflict}
        />
      )}
    </article>
  )
}
