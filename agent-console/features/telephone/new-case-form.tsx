import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { NewReport, ReportReceipt } from '#contracts/reports'
import type { CallView } from '#contracts/telephony'
import { CONSENTS, type Consent } from '#contracts/vocabulary'
import { Notice } from '../../components/notice.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { sendJson } from '../../lib/api.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { BOARD_KEY } from '../../lib/telephone.ts'
import { Suggestion } from './suggestion.tsx'
import type { NewCaseWriting } from './use-new-case-draft.ts'
import { useSuggestion } from './use-suggestion.ts'

const LABEL_OF: Record<Consent, 'consentContact' | 'consentPublish'> = {
  contact: 'consentContact',
  publish: 'consentPublish',
}

/** A case from what is being said: the text follows the citizen's words until the agent writes. */
export function NewCaseForm(props: {
  readonly call: CallView
  readonly words: string
  readonly writing: NewCaseWriting
  readonly textRef: RefObject<HTMLTextAreaElement | null>
}): ReactNode {
  const { t, i18n } = useTranslation()
  const queryClient = useQueryClient()
  const { fields, fieldName } = useFieldNames()
  const { call, words, textRef, writing } = props
  const { written, address, name, fieldId, consents, opened } = writing.draft
  const [isChecked, setChecked] = useState(false)
  const text = written ?? words
  const lang = call.language ?? screenLanguage(i18n)
  const suggestion = useSuggestion(text, address, lang)
  const open = useMutation({
    mutationFn: (report: NewReport) =>
      sendJson<ReportReceipt>('POST', `/api/calls/${encodeURIComponent(call.id)}/case`, report),
    onSuccess: (receipt) => {
      writing.opened(receipt)
      return queryClient.invalidateQueries({ queryKey: BOARD_KEY })
    },
  })

  function submit(): void {
    setChecked(true)
    if (text.trim() === '') return
    open.mutate({
      text: text.trim(),
      lang,
      consents: [...consents],
      ...(name.trim() !== '' && { contact: { name: name.trim() } }),
      ...(address.trim() !== '' && { place: { address: address.trim() } }),
      ...(fieldId !== '' && { fieldId }),
    })
  }

  if (opened !== null) {
    return (
      <OpenedCase
        receipt={opened}
        onAnother={() => {
          open.reset()
          writing.another()
          setChecked(false)
        }}
      />
    )
  }
  return (
    <form
      className="tel-form"
      aria-label={t('telephone.newCase.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.currentTarget.requestSubmit()
      }}
    >
      <h3 className="section-title">{t('telephone.newCase.title')}</h3>
      <Textarea
        ref={textRef}
        size="sm"
        label={t('telephone.newCase.text')}
        value={text}
        minRows={4}
        maxRows={8}
        maxLength={10_000}
        error={isChecked && text.trim() === '' ? t('telephone.newCase.empty') : null}
        onChange={(event) => {
          writing.change({ written: event.currentTarget.value })
        }}
      />
      {written !== null && words !== '' && written !== words && (
        <button
          type="button"
          className="tel-link"
          onClick={() => {
            writing.change({ written: null })
          }}
        >
          {t('telephone.newCase.fromTranscript')}
        </button>
      )}
      <Suggestion
        suggestion={suggestion}
        chosen={fieldId}
        onChoose={(chosen) => {
          writing.change({ fieldId: chosen })
        }}
      />
      <div className="tel-form-row">
        <TextInput
          size="sm"
          label={t('telephone.newCase.address')}
          value={address}
          maxLength={300}
          onChange={(event) => {
            writing.change({ address: event.currentTarget.value })
          }}
        />
        <TextInput
          size="sm"
          label={t('telephone.newCase.name')}
          value={name}
          maxLength={100}
          onChange={(event) => {
            writing.change({ name: event.currentTarget.value })
          }}
        />
      </div>
      <NativeSelect
        size="sm"
        label={t('telephone.newCase.field')}
        value={fieldId}
        data={[
          { value: '', label: t('telephone.newCase.fieldAuto') },
          ...fields.map(({ id }) => ({ value: id, label: fieldName(id) })),
        ]}
        onChange={(event) => {
          writing.change({ fieldId: event.currentTarget.value })
        }}
      />
      <div className="tel-consents">
        {CONSENTS.map((consent) => (
          <label key={consent}>
            <input
              type="checkbox"
              checked={consents.includes(consent)}
              onChange={(event) => {
                const others = consents.filter((each) => each !== consent)
                const isGiven = event.currentTarget.checked
                writing.change({ consents: isGiven ? [...others, consent] : others })
              }}
            />
            {t(`telephone.newCase.${LABEL_OF[consent]}`)}
          </label>
        ))}
      </div>
      {open.error !== null && <ProblemNotice error={open.error} />}
      <Button type="submit" size="compact-md" loading={open.isPending}>
        {t('telephone.newCase.submit')}
      </Button>
    </form>
  )
}

function OpenedCase(props: {
  readonly receipt: ReportReceipt
  readonly onAnother: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { code, pin, fieldName, agency, emergencyAdvice } = props.receipt
  return (
    <div className="tel-form" role="status">
      <Notice tone="good">
        <strong>{t('telephone.newCase.opened')}</strong>
        <p className="tel-code numbers">
          <Link to={`/inbox/all/${code}`}>{spacedCode(code)}</Link>
        </p>
        <p className="numbers">{t('telephone.newCase.pin', { pin })}</p>
        <p className="soft">{[fieldName, agency?.name].filter(Boolean).join(' · ')}</p>
      </Notice>
      {emergencyAdvice && <Notice tone="urgent">{emergencyAdvice}</Notice>}
      <Button size="compact-sm" variant="default" onClick={props.onAnother}>
        {t('telephone.newCase.another')}
      </Button>
    </div>
  )
}
