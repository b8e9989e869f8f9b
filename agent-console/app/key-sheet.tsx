import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../components/dialog-frame.tsx'
import { KeyHint } from '../components/key-hint.tsx'
import { ACTION_KEYS, CASE_VIEW_NAMES, TELEPHONE_KEYS, VIEW_KEYS } from '../lib/keys.ts'
import { CASE_ACTIONS } from '#contracts/vocabulary'

const TELEPHONE_ACTIONS = Object.keys(TELEPHONE_KEYS) as (keyof typeof TELEPHONE_KEYS)[]

/** Every key of the console on one sheet. */
export function KeySheet(props: {
  readonly hasTelephone: boolean
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const actions = CASE_ACTIONS.flatMap((action) => {
    const key = ACTION_KEYS[action]
    return key === undefined ? [] : [[t(`actions.${action}`), [key]] as const]
  })
  return (
    <DialogFrame size="xl" title={t('keys.title')} onClose={props.onClose}>
      <p className="soft">{t('keys.hint')}</p>
      <div className="key-sheet">
        <KeyGroup
          title={t('keys.groups.move')}
          keys={[
            [t('keys.search'), ['/']],
            [t('keys.next'), ['j', 'arrowdown']],
            [t('keys.previous'), ['k', 'arrowup']],
            [t('keys.open_'), ['enter']],
            [t('keys.back'), ['escape']],
            [t('keys.bigScreen'), ['f']],
            [t('keys.help'), ['?']],
          ]}
        />
        <KeyGroup
          title={t('keys.groups.case')}
          keys={[
            ...actions,
            [t('keys.candidate'), ['1', '2', '3']],
            [t('keys.respond'), ['r']],
            [t('keys.send'), ['mod+enter']],
          ]}
        />
        <KeyGroup
          title={t('keys.groups.views')}
          keys={CASE_VIEW_NAMES.map(
            (view) => [t(`views.${view}`), ['g', VIEW_KEYS[view]]] as const,
          )}
        />
        {props.hasTelephone && (
          <KeyGroup
            title={t('telephone.keys.group')}
            keys={TELEPHONE_ACTIONS.map(
              (name) => [t(`telephone.keys.${name}`), TELEPHONE_KEYS[name].split(' ')] as const,
            )}
          />
        )}
      </div>
    </DialogFrame>
  )
}

function KeyGroup(props: {
  readonly title: string
  readonly keys: readonly (readonly [string, readonly string[]])[]
}): ReactNode {
  return (
    <section>
      <h3 className="section-title">{props.title}</h3>
      <dl>
        {props.keys.map(([name, keys]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {keys.map((key, index) => (
                <KeyHint key={index} keys={key} />
              ))}
              <span className="hidden-visually">{keys.join(' ')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
