import { Tooltip } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wallboard } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import { screenLanguage } from '../../i18n/setup.ts'
import { figure } from './figures.ts'
import { type Tile, type TileNote, tilesOf } from './tiles.ts'

/** The figures of the wall. How each is computed shows on hover and focus, and is read out. */
export function TileList(props: { readonly wallboard: Wallboard; readonly now: Date }): ReactNode {
  const { t } = useTranslation()
  return (
    <ul className="tiles" aria-label={t('wallboard.now')}>
      {tilesOf(props.wallboard, props.now).map((tile) => (
        <li key={tile.name}>
          <TileBox tile={tile} />
        </li>
      ))}
    </ul>
  )
}

function TileBox(props: { readonly tile: Tile }): ReactNode {
  const { t, i18n } = useTranslation()
  const id = useId()
  const lang = screenLanguage(i18n)
  const { name, value, unit, isAlarming, notes } = props.tile
  const formula = t(`wallboard.formulas.${name}`)
  return (
    <Tooltip
      multiline
      interactive
      w={280}
      label={formula}
      events={{ hover: true, focus: true, touch: true }}
    >
      <div
        className="tile"
        role="group"
        tabIndex={0}
        data-alarming={isAlarming}
        aria-labelledby={`${id}-name ${id}-value ${id}-notes`}
        aria-describedby={`${id}-formula`}
      >
        <span className="tile-name" id={`${id}-name`}>
          {t(`wallboard.tiles.${name}`)}
        </span>
        <span className="tile-value numbers" id={`${id}-value`} data-none={value === null}>
          {value === null ? t('wallboard.nothingYet') : figure(value, unit, lang)}
        </span>
        <span className="tile-notes" id={`${id}-notes`}>
          {notes.map((note, index) => (
            <span key={note.key} className={isAlarming && index === 0 ? 'tile-alarm' : ''}>
              {t(`wallboard.notes.${note.key}`, noteValues(note, lang))}
            </span>
          ))}
        </span>
        <span className="hidden-visually" id={`${id}-formula`}>
          {formula}
        </span>
      </div>
    </Tooltip>
  )
}

/** A note's values by name; a sentence takes those it has places for. */
function noteValues(note: TileNote, lang: Language) {
  return {
    answered: 'answered' in note ? note.answered : '',
    abandoned: 'abandoned' in note ? note.abandoned : '',
    offered: 'offered' in note ? note.offered : '',
    n: 'n' in note ? note.n : '',
    limit:
      'limitShare' in note
        ? figure(note.limitShare, 'share', lang)
        : 'limitSeconds' in note
          ? note.limitSeconds
          : '',
  }
}
