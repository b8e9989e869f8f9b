import { Button, Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedAnswer } from '#contracts/cases'
import { PickList } from '../../components/pick-list.tsx'
import { matchesText } from '../../lib/fold.ts'
import { useCannedAnswers } from './use-canned-answers.ts'

/** Finds a canned answer by its title or words and puts it into the response. */
export function CannedAnswers(props: { readonly onPick: (text: string) => void }): ReactNode {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width={360}
      position="top-start"
      trapFocus
      returnFocus={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {t('response.canned')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <CannedList
          onPick={(text) => {
            setOpen(false)
            props.onPick(text)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function CannedList(props: { readonly onPick: (text: string) => void }): ReactNode {
  const { t } = useTranslation()
  const { data } = useCannedAnswers()
  const [wanted, setWanted] = useState('')
  const answers: readonly CannedAnswer[] = data ?? []
  if (data?.length === 0) return <p className="soft">{t('response.noCanned')}</p>
  const found = answers.filter(({ title, text }) => matchesText(`${title} ${text}`, wanted))
  return (
    <PickList
      label={t('response.canned')}
      text={wanted}
      chosenId={null}
      isFocused
      items={found.map(({ id, title }) => ({ id, label: title }))}
      onText={setWanted}
      onChoose={({ id }) => {
        const answer = answers.find((each) => each.id === id)
        if (answer) props.onPick(answer.text)
      }}
    />
  )
}
