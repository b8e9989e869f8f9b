import { Menu, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '#contracts/staff'
import { screenLanguage } from '../../i18n/setup.ts'
import { lazily } from '../../lib/lazily.ts'
import { dialled } from '../../lib/phone.ts'
import { useSignOut } from './use-session.ts'
import './profile-menu.css'

const TwoFactorDialog = lazily(() =>
  import('./two-factor-dialog.tsx').then((loaded) => loaded.TwoFactorDialog),
)
const TelephoneDialog = lazily(() =>
  import('./telephone-dialog.tsx').then((loaded) => loaded.TelephoneDialog),
)

const THEMES = ['light', 'dark', 'auto'] as const
const LANGUAGES = [
  ['vi', 'Tiếng Việt'],
  ['en', 'English'],
] as const

/** Who I am, how the screen looks and speaks, the second step, the way out. */
export function ProfileMenu(props: {
  readonly session: Session
  readonly onShowKeys: () => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [isTwoFactorOpen, setTwoFactorOpen] = useState(false)
  const [isTelephoneOpen, setTelephoneOpen] = useState(false)
  const signOut = useSignOut()
  const { name, role, agency, telephone, hasTwoFactor } = props.session
  return (
    <>
      <Menu position="bottom-end" width={248}>
        <Menu.Target>
          <button
            type="button"
            className="avatar"
            aria-label={t('profile.menu', { name })}
            data-initials={initials(name)}
          />
        </Menu.Target>
        <Menu.Dropdown>
          <div className="profile-who">
            <strong>{name}</strong>
            <span className="soft">{agency?.name ?? t(`roles.${role}`)}</span>
            {agency && <span className="soft">{t(`roles.${role}`)}</span>}
          </div>
          <Menu.Divider />
          <Menu.Label>{t('profile.language')}</Menu.Label>
          <Menu.RadioGroup
            value={screenLanguage(i18n)}
            onChange={(language) => void i18n.changeLanguage(language)}
          >
            {LANGUAGES.map(([language, label]) => (
              <Menu.RadioItem key={language} value={language} lang={language}>
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Label>{t('profile.theme')}</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(chosen) => {
              setColorScheme(THEMES.find((theme) => theme === chosen) ?? 'auto')
            }}
          >
            {THEMES.map((theme) => (
              <Menu.RadioItem key={theme} value={theme}>
                {t(`profile.themes.${theme}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item
            rightSection={telephone && <span className="soft numbers">{dialled(telephone)}</span>}
            onClick={() => {
              setTelephoneOpen(true)
            }}
          >
            {t('profile.telephone')}
          </Menu.Item>
          <Menu.Item
            rightSection={hasTwoFactor && <span className="soft">{t('profile.twoFactorOn')}</span>}
            onClick={() => {
              setTwoFactorOpen(true)
            }}
          >
            {t('profile.twoFactor')}
          </Menu.Item>
          <Menu.Item onClick={props.onShowKeys}>{t('profile.keys')}</Menu.Item>
          <Menu.Item
            onClick={() => {
              signOut.mutate(undefined, {
                onError: () => notifications.show({ message: t('profile.signOutFailed') }),
              })
            }}
          >
            {t('profile.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isTelephoneOpen && (
        <Suspense>
          <TelephoneDialog
            telephone={telephone}
            onClose={() => {
              setTelephoneOpen(false)
            }}
          />
        </Suspense>
      )}
      {isTwoFactorOpen && (
        <Suspense>
          <TwoFactorDialog
            isOn={hasTwoFactor}
            onClose={() => {
              setTwoFactorOpen(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** Two letters of a Vietnamese name: the last two words, given name last. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(-2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}
