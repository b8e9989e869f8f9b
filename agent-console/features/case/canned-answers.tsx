import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedAnswer } from '#contracts/cases'
import { PickList } from '../../components/pick-list.tsx'
import { PickPopover } from '../../components/pick-popover.tsx'
import { matchesText } from '../../lib/fold.ts'
import { useCannedAnswers } from './use-canned-answers.ts'

/** Finds a canned answer by its title or words and puts it into the response. */
export function CannedAnswers(props: { readonly onPick: (text: string) => void }): ReactNode {
  const { t } = useTranslation()
  return (
    <PickPopover label={t('response.canned')} width={360} onPick={props.onPick}>
      {(onPick) => <CannedList onPick={onPick} />}
    </PickPopover>
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
