import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentSkills, AgentView } from '#contracts/telephony'
import { LANGUAGES } from '#contracts/vocabulary'
import { Dialog } from '../../components/dialog.tsx'
import { sendJson } from '../../lib/api.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { useKeepAgent } from './use-board.ts'

/** Which calls are an agent's to take: languages, and fields where not all. */
export function SkillsDialog(props: {
  readonly agent: AgentView
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { fields: known, fieldName } = useFieldNames()
  const { agent } = props
  const keepAgent = useKeepAgent()
  const [languages, setLanguages] = useState(agent.languages)
  const [fields, setFields] = useState(agent.fields)
  const save = useMutation({
    mutationFn: (skills: AgentSkills) =>
      sendJson<AgentView>('PUT', `/api/agents/${encodeURIComponent(agent.id)}/skills`, skills),
    onSuccess: (saved) => {
      keepAgent(saved)
      notifications.show({ message: t('telephone.agents.saved', { name: agent.name }) })
      props.onClose()
    },
  })
  return (
    <Dialog
      title={t('telephone.agents.editSkillsOf', { name: agent.name })}
      submitLabel={t('app.save')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => {
        if (languages.length > 0) save.mutate({ languages, fields })
      }}
      onClose={props.onClose}
    >
      <fieldset className="tel-fieldset">
        <legend>{t('telephone.agents.languages')}</legend>
        {LANGUAGES.map((language) => (
          <Choice
            key={language}
            label={t(`telephone.language.${language}`)}
            isChosen={languages.includes(language)}
            onChoose={(isChosen) => {
              setLanguages(withChoice(languages, language, isChosen))
            }}
          />
        ))}
        {languages.length === 0 && (
          <p role="alert" className="tel-missing">
            {t('telephone.agents.needsLanguage')}
          </p>
        )}
      </fieldset>
      <fieldset className="tel-fieldset">
        <legend>{t('telephone.agents.fields')}</legend>
        {known.map(({ id }) => (
          <Choice
            key={id}
            label={fieldName(id)}
            isChosen={fields.includes(id)}
            onChoose={(isChosen) => {
              setFields(withChoice(fields, id, isChosen))
            }}
          />
        ))}
      </fieldset>
    </Dialog>
  )
}

function Choice(props: {
  readonly label: string
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
}): ReactNode {
  return (
    <label>
      <input
        type="checkbox"
        checked={props.isChosen}
        onChange={(event) => {
          props.onChoose(event.currentTarget.checked)
        }}
      />
      {props.label}
    </label>
  )
}

function withChoice<T>(chosen: readonly T[], item: T, isChosen: boolean): T[] {
  const others = chosen.filter((each) => each !== item)
  return isChosen ? [...others, item] : others
}
