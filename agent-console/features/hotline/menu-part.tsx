import { Button } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { fieldErrorAt } from '../../lib/problem-text.ts'
import type { PartProps } from './draft.ts'
import { freeKey, KEYS, type MenuEntry, moved } from './menu.ts'
import { MenuEntryFields } from './menu-entry-fields.tsx'
import { Part } from './part.tsx'

/** The keys in the order in which callers hear them. */
export function MenuPart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  const [told, setTold] = useState('')
  const { menu } = hotline

  /** Shows the list anew, says what happened, and keeps the focus where the hand works. */
  function show(next: readonly MenuEntry[], index: number, button: string, words: string): void {
    flushSync(() => {
      onChange({ menu: [...next] })
      setTold(words)
    })
    const entry = list.current?.children.item(index)
    const wanted = entry?.querySelector<HTMLElement>(`[data-does="${button}"]:not(:disabled)`)
    const target = wanted ?? entry?.querySelector<HTMLElement>('[data-does]:not(:disabled), select')
    target?.focus()
  }

  return (
    <Part title={t('hotline.menu.title')} hint={t('hotline.menu.hint')}>
      <ol className="hotline-menu" ref={list}>
        {menu.map((entry, index) => (
          <li key={index}>
            <MenuEntryFields
              entry={entry}
              index={index}
              count={menu.length}
              isRepeated={menu.findIndex(({ key }) => key === entry.key) < index}
              error={error}
              onChange={(next) => {
                onChange({ menu: menu.with(index, next) })
              }}
              onMove={(to) => {
                const words = t('hotline.menu.moved', { n: to + 1 })
                show(moved(menu, index, to), to, to < index ? 'up' : 'down', words)
              }}
              onRemove={() => {
                const left = menu.toSpliced(index, 1)
                const words = t('hotline.menu.removed', { n: index + 1 })
                show(left, Math.min(index, left.length - 1), 'remove', words)
              }}
            />
          </li>
        ))}
      </ol>
      {fieldErrorAt(error, '/menu') && (
        <p className="hotline-error">{fieldErrorAt(error, '/menu')}</p>
      )}
      <div>
        <Button
          variant="default"
          size="compact-md"
          disabled={menu.length >= KEYS.length}
          onClick={() => {
            const added: MenuEntry = {
              key: freeKey(menu),
              action: 'agent',
              words: { vi: [], en: [] },
            }
            show([...menu, added], menu.length, 'key', '')
          }}
        >
          {t('hotline.menu.add')}
        </Button>
        <span role="status" className="hidden-visually">
          {told}
        </span>
      </div>
    </Part>
  )
}
