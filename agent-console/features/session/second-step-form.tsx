import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import { errorCode } from '../../lib/api.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useSecondStep } from './use-session.ts'

/** The second step of signing in: a code from the app, or a backup code. */
export function SecondStepForm(props: { readonly onBack: () => void }): ReactNode {
  const { t } = useTranslation()
  const secondStep = useSecondStep()
  const [code, setCode] = useState('')
  const [isBackup, setBackup] = useState(false)
  const { text } = useProblemText()(secondStep.error)
  const isRefused = ['unauthenticated', 'invalid'].includes(errorCode(secondStep.error))
  return (
    <form
      className="login-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() !== '') secondStep.mutate({ code: code.trim(), isBackup })
      }}
    >
      <div>
        <h1 className="login-title">{t('signIn.codeTitle')}</h1>
        <p className="soft">{t(isBackup ? 'signIn.backupIntro' : 'signIn.codeIntro')}</p>
      </div>
      <TextInput
        key={isBackup ? 'backup' : 'app'}
        autoFocus
        className="numbers"
        label={t(isBackup ? 'signIn.backupCode' : 'signIn.code')}
        inputMode={isBackup ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        maxLength={isBackup ? 20 : 6}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value)
        }}
      />
      {secondStep.error && (
        <div role="alert">
          <Notice tone="urgent">{isRefused ? t('signIn.codeRefused') : text}</Notice>
        </div>
      )}
      <Button type="submit" size="md" loading={secondStep.isPending}>
        {t('signIn.codeSubmit')}
      </Button>
      <div className="login-others">
        <Button variant="subtle" size="compact-sm" onClick={props.onBack}>
          {t('signIn.back')}
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setCode('')
            setBackup(!isBackup)
          }}
        >
          {t(isBackup ? 'signIn.useApp' : 'signIn.useBackup')}
        </Button>
      </div>
    </form>
  )
}
