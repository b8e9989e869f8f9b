import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelVersionView } from '#contracts/learning'
import { Dialog } from '../../components/dialog.tsx'
import { Pill } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { LOCALES } from '../../lib/locale.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { useVersionChoice } from './use-learning.ts'
import '../../components/table.css'

const HEADS = ['version', 'at', 'examples', 'before', 'after', 'state'] as const
const NUMBERS: ReadonlySet<string> = new Set(['examples', 'before', 'after'])
const SHOWN_LETTERS = 7

/** The first letters of a version, enough to tell a few apart. */
export function shortVersion(version: string): string {
  return version.slice(0, SHOWN_LETTERS)
}

/** Every version with how it did beside the one before it; another one can be used instead. */
export function VersionTable(props: { readonly versions: readonly ModelVersionView[] }): ReactNode {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState<string | null>(null)
  return (
    <>
      <table className="table" aria-label={t('learning.versions.title')}>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" data-numeric={NUMBERS.has(head)}>
                {t(`learning.versions.${head}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {props.versions.map((each) => (
            <VersionLine
              key={each.version}
              version={each}
              onUse={() => {
                setWanted(each.version)
              }}
            />
          ))}
        </tbody>
      </table>
      {wanted !== null && (
        <UseVersionDialog
          version={wanted}
          onClose={() => {
            setWanted(null)
          }}
        />
      )}
    </>
  )
}

function VersionLine(props: {
  readonly version: ModelVersionView
  readonly onUse: () => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const lang = screenLanguage(i18n)
  const { version, at, exampleCount, comparison, isLive } = props.version
  const rightOf = (right: number | undefined) =>
    comparison === null || right === undefined
      ? t('learning.versions.notCompared')
      : t('learning.versions.tested', {
          right,
          total: comparison.count,
          percent: percent(right / Math.max(comparison.count, 1), LOCALES[lang]),
        })
  return (
    <tr>
      <th scope="row">
        <code title={version}>{shortVersion(version)}</code>
      </th>
      <td className="numbers">{stamp(new Date(at), now, lang)}</td>
      <td className="numbers" data-numeric>
        {exampleCount.toLocaleString(LOCALES[lang])}
      </td>
      <td className="numbers" data-numeric>
        {rightOf(comparison?.rightBefore)}
      </td>
      <td className="numbers" data-numeric>
        {rightOf(comparison?.rightAfter)}
      </td>
      <td>
        <VersionState version={props.version} />
      </td>
      <td>
        {!isLive && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={t('learning.versions.useVersion', { version: shortVersion(version) })}
            onClick={props.onUse}
          >
            {t('learning.versions.use')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function VersionState(props: { readonly version: ModelVersionView }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const lang = screenLanguage(i18n)
  const { isLive, isShipped, liveSince, comparison } = props.version
  const since = liveSince === null ? null : stamp(new Date(liveSince), now, lang)
  const isRefused = since === null && !isLive && comparison !== null
  return (
    <>
      {isLive && <Pill tone="good">{t('learning.versions.live')}</Pill>}
      {isRefused && <Pill tone="warn">{t('learning.versions.notUsed')}</Pill>}{' '}
      {isShipped && <span className="soft">{t('learning.versions.shipped')}</span>}
      {!isLive && since !== null && !isShipped && (
        <span className="soft">{t('learning.versions.wasLive', { time: since })}</span>
      )}
      {isRefused && (
        <p className="soft learning-why">
          {t('learning.versions.worse', {
            n: comparison.rightBefore - comparison.rightAfter,
            percent: percent(comparison.p, LOCALES[lang]),
          })}
        </p>
      )}
    </>
  )
}

function UseVersionDialog(props: {
  readonly version: string
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const choice = useVersionChoice()
  const version = shortVersion(props.version)
  return (
    <Dialog
      title={t('learning.versions.confirm', { version })}
      hint={t('learning.versions.confirmHint')}
      submitLabel={t('learning.versions.use')}
      isBusy={choice.isPending}
      error={choice.error}
      onSubmit={() => {
        choice.mutate(props.version, {
          onSuccess: () => {
            notifications.show({ message: t('learning.versions.used', { version }) })
            props.onClose()
          },
        })
      }}
      onClose={props.onClose}
    >
      {null}
    </Dialog>
  )
}

function percent(share: number, locale: string): string {
  return share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 })
}
