import { Button, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../components/dialog-frame.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { copyText } from '../../lib/clipboard.ts'
import { useTwoFactorSetup } from './use-session.ts'
import './two-factor-dialog.css'

/** Turns two-step verification on; says so where it already is. */
export function TwoFactorDialog(props: {
  readonly isOn: boolean
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  // A session refreshed by the last step must not swap the dialog away under the reader.
  const [wasOn] = useState(props.isOn)
  if (!wasOn) return <TwoFactorSetup onClose={props.onClose} />
  return (
    <DialogFrame title={t('twoFactor.title')} onClose={props.onClose}>
      <p>{t('twoFactor.isOn')}</p>
    </DialogFrame>
  )
}

function TwoFactorSetup(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation()
  const { begin, finish } = useTwoFactorSetup()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const setup = begin.data

  function submit(): void {
    if (!setup) {
      if (password !== '') begin.mutate(password)
      return
    }
    finish.mutate(code.trim(), {
      onSuccess: () => {
        notifications.show({ message: t('twoFactor.done') })
        props.onClose()
      },
    })
  }

  return (
    <Dialog
      title={t('twoFactor.title')}
      hint={t('twoFactor.intro')}
      submitLabel={t(setup ? 'twoFactor.finish' : 'twoFactor.start')}
      isBusy={begin.isPending || finish.isPending}
      error={finish.error ?? begin.error}
      onSubmit={submit}
      onClose={props.onClose}
    >
      {setup ? (
        <>
          <AppKey uri={setup.totpURI} />
          <BackupCodes codes={setup.backupCodes} />
          <TextInput
            data-autofocus
            label={t('twoFactor.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => {
              setCode(event.currentTarget.value)
            }}
          />
        </>
      ) : (
        <PasswordInput
          data-autofocus
          label={t('twoFactor.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
          }}
        />
      )}
    </Dialog>
  )
}

function AppKey(props: { readonly uri: string }): ReactNode {
  const { t } = useTranslation()
  const secret = new URL(props.uri).searchParams.get('secret') ?? ''
  return (
    <section className="secret">
      <h3>{t('twoFactor.addKey')}</h3>
      <div className="secret-line">
        <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyButton text={secret} />
      </div>
      <a href={props.uri}>{t('twoFactor.openApp')}</a>
    </section>
  )
}

function BackupCodes(props: { readonly codes: readonly string[] }): ReactNode {
  const { t } = useTranslation()
  return (
    <section className="secret">
      <h3>{t('twoFactor.backupCodes')}</h3>
      <p className="soft">{t('twoFactor.backupHint')}</p>
      <ul className="secret-codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyButton text={props.codes.join('\n')} />
    </section>
  )
}

function CopyButton(props: { readonly text: string }): ReactNode {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  return (
    <Button
      variant="default"
      size="compact-xs"
      onClick={() => {
        void copyText(props.text).then(setCopied)
      }}
    >
      {t(isCopied ? 'app.copied' : 'app.copy')}
    </Button>
  )
}
