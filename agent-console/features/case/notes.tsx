import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { KeyHint } from '../../components/key-hint.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { ACTION_KEYS } from '../../lib/keys.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'

/** What colleagues tell each other; the citizen never sees it. */
export function Notes(props: { readonly view: CaseView; readonly onAdd: () => void }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { notes, actions } = props.view
  return (
    <section aria-label={t('case.notes')}>
      <header className="case-section-head">
        <h2 className="section-title">{t('case.notes')}</h2>
        {actions.includes('note') && (
          <Button
            variant="default"
            size="compact-xs"
            aria-keyshortcuts={ACTION_KEYS.note}
            rightSection={<KeyHint keys={ACTION_KEYS.note ?? ''} />}
            onClick={props.onAdd}
          >
            {t('actions.note')}
          </Button>
        )}
      </header>
      {notes.length === 0 && <p className="soft">{t('case.noNotes')}</p>}
      <ul className="case-notes">
        {notes.map((note) => (
          <li key={note.id}>
            <p className="soft">
              <strong>{note.by.name}</strong>{' '}
              <time dateTime={note.at}>{stamp(new Date(note.at), now, screenLanguage(i18n))}</time>
            </p>
            <p>{note.text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
