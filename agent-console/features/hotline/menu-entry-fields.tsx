import { Button, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorAt, fieldErrorWithin } from '../../lib/problem-text.ts'
import { WordsField } from './fields.tsx'
import { ACTIONS, KEYS, type MenuEntry } from './menu.ts'

/** One key: what it does, and the words that do the same. */
export function MenuEntryFields(props: {
  readonly entry: MenuEntry
  readonly index: number
  readonly count: number
  /** An entry above has the same key. */
  readonly isRepeated: boolean
  readonly error: unknown
  readonly onChange: (entry: MenuEntry) => void
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { entry, index, count, error, onChange, onMove } = props
  const n = index + 1
  const pointer = `/menu/${String(index)}`
  const words = (lang: 'vi' | 'en') => ({
    lang,
    placeholder: entry.words[lang].length === 0 ? t('hotline.menu.wordsHint') : '',
    error: fieldErrorWithin(error, `${pointer}/words/${lang}`),
    value: entry.words[lang],
    onChange: (value: string[]) => {
      onChange({ ...entry, words: { ...entry.words, [lang]: value } })
    },
  })
  return (
    <fieldset className="hotline-entry">
      <legend>{t('hotline.menu.entry', { n })}</legend>
      <div className="hotline-entry-head">
        <NativeSelect
          data-does="key"
          label={t('hotline.menu.key')}
          value={entry.key}
          data={KEYS}
          error={
            props.isRepeated ? t('hotline.menu.repeated') : fieldErrorAt(error, `${pointer}/key`)
          }
          onChange={(event) => {
            const key = KEYS.find((each) => each === event.currentTarget.value)
            onChange({ ...entry, key: key ?? entry.key })
          }}
        />
        <NativeSelect
          label={t('hotline.menu.action')}
          value={entry.action}
          data={ACTIONS.map((value) => ({ value, label: t(`hotline.actions.${value}`) }))}
          error={fieldErrorAt(error, `${pointer}/action`)}
          onChange={(event) => {
            const action = ACTIONS.find((each) => each === event.currentTarget.value)
            onChange({ ...entry, action: action ?? entry.action })
          }}
        />
        <div className="hotline-entry-buttons">
          <EntryButton
            does="up"
            sign="↑"
            label={t('hotline.menu.up', { n })}
            isDisabled={index === 0}
            onClick={() => {
              onMove(index - 1)
            }}
          />
          <EntryButton
            does="down"
            sign="↓"
            label={t('hotline.menu.down', { n })}
            isDisabled={index === count - 1}
            onClick={() => {
              onMove(index + 1)
            }}
          />
          <EntryButton
            does="remove"
            sign="×"
            label={t('hotline.menu.remove', { n })}
            isDisabled={count === 1}
            onClick={props.onRemove}
          />
        </div>
      </div>
      <div className="hotline-pair">
        <WordsField {...words('vi')} label={t('hotline.menu.wordsVi')} />
        <WordsField {...words('en')} label={t('hotline.menu.wordsEn')} />
      </div>
    </fieldset>
  )
}

function EntryButton(props: {
  readonly does: 'up' | 'down' | 'remove'
  readonly sign: string
  readonly label: string
  readonly isDisabled: boolean
  readonly onClick: () => void
}): ReactNode {
  return (
    <Button
      variant="default"
      px={0}
      w={36}
      data-does={props.does}
      aria-label={props.label}
      title={props.label}
      disabled={props.isDisabled}
      onClick={props.onClick}
    >
      <span aria-hidden="true">{props.sign}</span>
    </Button>
  )
}
