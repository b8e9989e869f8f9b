import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../../components/language-switch.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondStepForm } from './second-step-form.tsx'
import './login-page.css'

/** The door: e-mail and password, then a code where the account asks for one. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation()
  const [step, setStep] = useState<'password' | 'code'>('password')
  return (
    <main className="login">
      <div className="login-card">
        <header className="login-head">
          <span className="login-brand">{t('app.name')}</span>
          <LanguageSwitch />
        </header>
        {step === 'password' ? (
          <PasswordForm
            onSecondStep={() => {
              setStep('code')
            }}
          />
        ) : (
          <SecondStepForm
            onBack={() => {
              setStep('password')
            }}
          />
        )}
      </div>
    </main>
  )
}
