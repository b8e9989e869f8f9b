import { NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '#contracts/catalogue'
import { Dialog } from '../../../components/dialog.tsx'
import { PickList } from '../../../components/pick-list.tsx'
import { screenLanguage } from '../../../i18n/setup.ts'
import { useFieldNames } from '../../../lib/catalogue.ts'
import { matchesText } from '../../../lib/fold.ts'
import type { Acting } from './acting.ts'

/** Says what the case is about: a field by a few letters of its name, and a topic within it. */
export function FieldDialog(props: { readonly acting: Acting }): ReactNode {
  const { t, i18n } = useTranslation()
  const language = screenLanguage(i18n)
  const { fields } = useFieldNames()
  const { view, act, isBusy, error, onClose } = props.acting
  const [text, setText] = useState('')
  const [fieldId, setFieldId] = useState(view.field)
  const [topicId, setTopicId] = useState(view.topic ?? '')
  const topics = fields.find((field) => field.id === fieldId)?.topics ?? []
  const found = findFields(fields, text)
  return (
    <Dialog
      title={t('actions.correct')}
      hint={t('dialogs.fieldHint')}
      submitLabel={t('app.save')}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        if (fieldId) act('correct', { fieldId, ...(topicId === '' ? {} : { topicId }) })
      }}
    >
      <PickList
        label={t('case.field')}
        text={text}
        chosenId={fieldId}
        isFocused
        items={found.map(({ id, name }) => ({ id, label: name[language] }))}
        onText={setText}
        onChoose={({ id }) => {
          setFieldId(id)
          setTopicId('')
        }}
      />
      {topics.length > 0 && (
        <NativeSelect
          label={t('dialogs.topic')}
          value={topicId}
          onChange={(event) => {
            setTopicId(event.currentTarget.value)
          }}
          data={[
            { value: '', label: t('dialogs.anyTopic') },
            ...topics.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
        />
      )}
    </Dialog>
  )
}

/** Fields that match by their own name first, then those of which a topic does. */
function findFields(fields: readonly Field[], text: string): readonly Field[] {
  const named = fields.filter(({ name }) => matchesText(`${name.vi} ${name.en}`, text))
  const within = fields.filter(({ name, topics }) =>
    matchesText([name.vi, ...topics.map((topic) => topic.name.vi)].join(' '), text),
  )
  return [...new Set([...named, ...within])]
}
