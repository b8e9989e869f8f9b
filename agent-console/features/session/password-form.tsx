import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import { errorCode } from '../../lib/api.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useSignIn } from './use-session.ts'

/** The first step of signing in. */
export function PasswordForm(props: { readonly onSecondStep: () => void }): ReactNode {
  const { t } = useTranslation()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isIncomplete, setIncomplete] = useState(false)

  function submit(): void {
    const secret = { email: email.trim(), password }
    const isMissing = secret.email === '' || password === ''
    setIncomplete(isMissing)
    if (isMissing) return
    signIn.mutate(secret, {
      onSuccess: (answer) => {
        if (answer?.twoFactorRedirect) props.onSecondStep()
      },
    })
  }

  return (
    <form
      className="login-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div>
        <h1 className="login-title">{t('signIn.title')}</h1>
        <p className="soft">{t('signIn.intro')}</p>
      </div>
      <TextInput
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        label={t('signIn.email')}
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
        }}
      />
      <PasswordInput
        name="password"
        autoComplete="current-password"
        label={t('signIn.password')}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
        }}
      />
      <SignInRefusal isIncomplete={isIncomplete} error={signIn.error} />
      <Button type="submit" size="md" loading={signIn.isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

function SignInRefusal(props: {
  readonly isIncomplete: boolean
  readonly error: unknown
}): ReactNode {
  const { t } = useTranslation()
  const { text, retryHint } = useProblemText()(props.error)
  if (!props.isIncomplete && !props.error) return null
  return (
    <div role="alert">
      <Notice tone="urgent">{props.isIncomplete ? t('signIn.missing') : refusal()}</Notice>
    </div>
  )

  function refusal(): string {
    const code = errorCode(props.error)
    if (code === 'unauthenticated') return t('signIn.refused')
    return code === 'too-many-requests' ? `${t('signIn.locked')} ${retryHint}` : text
  }
}
