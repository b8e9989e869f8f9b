import { TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './pick-list.css'

type PickItem = { readonly id: string; readonly label: string; readonly hint?: string }

/** A search box over a list: type, move with the arrows, take with Enter. The list is always in sight. */
export function PickList(props: {
  readonly label: string
  readonly items: readonly PickItem[]
  readonly text: string
  readonly chosenId: string | null
  readonly onText: (text: string) => void
  readonly onChoose: (item: PickItem) => void
  readonly isFocused?: boolean
  /** More may come: nothing found so far is no answer yet. */
  readonly isSearching?: boolean
  readonly error?: string | null
}): ReactNode {
  const { t } = useTranslation()
  const listId = useId()
  const [at, setAt] = useState(0)
  const active = Math.min(at, props.items.length - 1)

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const item = props.items[active]
    if (step !== undefined) {
      event.preventDefault()
      setAt(Math.min(Math.max(active + step, 0), props.items.length - 1))
    } else if (event.key === 'Enter' && !event.ctrlKey && item?.id !== props.chosenId) {
      // Enter takes what is found; only then does it send the form.
      event.preventDefault()
      if (item) props.onChoose(item)
    }
  }

  return (
    <div>
      <TextInput
        label={props.label}
        placeholder={t('dialogs.search')}
        value={props.text}
        error={props.error}
        autoComplete="off"
        data-autofocus={props.isFocused}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active < 0 ? undefined : `${listId}-${String(active)}`}
        onChange={(event) => {
          setAt(0)
          props.onText(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      {props.items.length === 0 && (
        <p className="pick-none" role="status">
          {t(props.isSearching ? 'dialogs.searching' : 'dialogs.noResult')}
        </p>
      )}
      <div
        className="pick-list"
        role="listbox"
        id={listId}
        aria-label={props.label}
        hidden={props.items.length === 0}
      >
        {props.items.map((item, index) => (
          <div
            key={item.id}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={item.id === props.chosenId}
            className="pick-item"
            data-active={index === active}
            ref={index === active ? scrollIntoSight : null}
            onClick={() => {
              setAt(index)
              props.onChoose(item)
            }}
          >
            <span>{item.label}</span>
            {item.hint && <span className="soft">{item.hint}</span>}
          </div>
        ))}
      </div>
    </div>
  )
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
