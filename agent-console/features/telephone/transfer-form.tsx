import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Transfer } from '#contracts/telephony'
import { useFieldNames } from '../../lib/catalogue.ts'
import { useTelephone } from './telephone-context.tsx'

type TargetType = Transfer['to']['type']

/** To whom the call goes, and whether they are talked to first. */
export function TransferForm(props: {
  readonly isBusy: boolean
  readonly onTransfer: (transfer: Transfer, name: string | null) => void
}): ReactNode {
  const { t } = useTranslation()
  const { agents, session } = useTelephone()
  const { fields, fieldName } = useFieldNames()
  const [type, setType] = useState<TargetType>('agent')
  const [kind, setKind] = useState<Transfer['kind']>('warm')
  const [chosen, setChosen] = useState('')
  const [field, setField] = useState('')
  const [phone, setPhone] = useState('')
  const [isChecked, setChecked] = useState(false)
  const free = agents.filter(({ id, state }) => state === 'available' && id !== session.id)
  const agent = free.find(({ id }) => id === chosen) ?? free[0]

  function submit(): void {
    setChecked(true)
    if (type === 'queue') {
      props.onTransfer({ kind: 'cold', to: { type, field: field === '' ? null : field } }, null)
    } else if (type === 'agent' && agent) {
      props.onTransfer({ kind, to: { type, id: agent.id } }, agent.name)
    } else if (type === 'number' && phone.trim() !== '') {
      props.onTransfer({ kind, to: { type, phone: phone.trim() } }, phone.trim())
    }
  }

  return (
    <form
      className="tel-transfer"
      aria-label={t('telephone.transferTo.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={t('telephone.transferTo.target')}
        value={type}
        data={(['agent', 'queue', 'number'] as const).map((value) => ({
          value,
          label: t(`telephone.transferTo.${value}`),
        }))}
        onChange={(value) => {
          setType(value)
        }}
      />
      {type === 'agent' &&
        (agent ? (
          <NativeSelect
            size="xs"
            aria-label={t('telephone.transferTo.agent')}
            value={agent.id}
            data={free.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              setChosen(event.currentTarget.value)
            }}
          />
        ) : (
          <p className="soft">{t('telephone.transferTo.nobodyFree')}</p>
        ))}
      {type === 'queue' && (
        <NativeSelect
          size="xs"
          aria-label={t('telephone.transferTo.queue')}
          value={field}
          data={[
            { value: '', label: t('telephone.transferTo.anyField') },
            ...fields.map(({ id }) => ({ value: id, label: fieldName(id) })),
          ]}
          onChange={(event) => {
            setField(event.currentTarget.value)
          }}
        />
      )}
      {type === 'number' && (
        <TextInput
          size="xs"
          type="tel"
          aria-label={t('telephone.transferTo.number')}
          value={phone}
          error={isChecked && phone.trim() === '' ? t('telephone.transferTo.missing') : null}
          onChange={(event) => {
            setPhone(event.currentTarget.value)
          }}
        />
      )}
      {type !== 'queue' && (
        <SegmentedControl
          size="xs"
          aria-label={t('telephone.transferTo.kind')}
          value={kind}
          data={(['warm', 'cold'] as const).map((value) => ({
            value,
            label: t(`telephone.transferTo.${value}`),
          }))}
          onChange={(value) => {
            setKind(value)
          }}
        />
      )}
      <Button
        type="submit"
        size="compact-sm"
        loading={props.isBusy}
        disabled={type === 'agent' && agent === undefined}
      >
        {t('telephone.transferTo.submit')}
      </Button>
    </form>
  )
}
