import { Radio, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HotlineSettings } from '#contracts/hotline'
import { fieldErrorAt, fieldErrorWithin } from '../../lib/problem-text.ts'
import type { PartProps } from './draft.ts'
import { NumberField, OptionalField, WordsField } from './fields.tsx'
import { Part } from './part.tsx'

const HOURS: readonly HotlineSettings['hours'][] = ['office', 'always']

/** Words after which advice comes before anything else. */
export function EmergencyPart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  return (
    <Part title={t('hotline.emergency.title')}>
      <WordsField
        label={t('hotline.emergency.label')}
        description={t('hotline.emergency.hint')}
        error={fieldErrorWithin(error, '/emergencyWords')}
        value={hotline.emergencyWords}
        onChange={(emergencyWords) => {
          onChange({ emergencyWords })
        }}
      />
    </Part>
  )
}

/** When agents answer. */
export function HoursPart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  return (
    <Part title={t('hotline.hours.title')}>
      <Radio.Group
        aria-label={t('hotline.hours.title')}
        error={fieldErrorAt(error, '/hours')}
        value={hotline.hours}
        onChange={(chosen) => {
          onChange({ hours: HOURS.find((each) => each === chosen) ?? hotline.hours })
        }}
      >
        <div className="hotline-row">
          {HOURS.map((hours) => (
            <Radio key={hours} value={hours} label={t(`hotline.hours.${hours}`)} />
          ))}
        </div>
      </Radio.Group>
    </Part>
  )
}

/** How many wait, how long agents are rung, what is played meanwhile. */
export function QueuePart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  const { queue } = hotline
  const change = (part: Partial<HotlineSettings['queue']>) => {
    onChange({ queue: { ...queue, ...part } })
  }
  const number = (name: 'maxWaiting' | 'ringSeconds' | 'wrapUpSeconds') => ({
    label: t(`hotline.queue.${name}`),
    error: fieldErrorAt(error, `/queue/${name}`),
    value: queue[name],
    onChange: (value: number) => {
      change({ [name]: value })
    },
  })
  return (
    <Part title={t('hotline.queue.title')}>
      <div className="hotline-row">
        <NumberField
          {...number('maxWaiting')}
          description={t('hotline.queue.maxWaitingHint')}
          min={1}
          max={1_000}
        />
        <NumberField {...number('ringSeconds')} min={5} max={60} />
        <NumberField {...number('wrapUpSeconds')} min={0} max={1_800} />
      </div>
      <OptionalField
        type="url"
        label={t('hotline.queue.musicUrl')}
        description={t('hotline.queue.musicHint')}
        error={fieldErrorAt(error, '/queue/musicUrl')}
        value={queue.musicUrl}
        onChange={(musicUrl) => {
          change({ musicUrl })
        }}
      />
      <Switch
        label={t('hotline.queue.isTranscribed')}
        checked={hotline.isTranscribed}
        onChange={(event) => {
          onChange({ isTranscribed: event.currentTarget.checked })
        }}
      />
    </Part>
  )
}

/** The number that is shown, when nobody is called, how often a call-back is tried. */
export function OutboundPart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  const { outbound } = hotline
  const change = (part: Partial<HotlineSettings['outbound']>) => {
    onChange({ outbound: { ...outbound, ...part } })
  }
  return (
    <Part title={t('hotline.outbound.title')}>
      <OptionalField
        type="tel"
        label={t('hotline.outbound.callerId')}
        description={t('hotline.outbound.callerIdHint')}
        error={fieldErrorAt(error, '/outbound/callerId')}
        value={outbound.callerId}
        onChange={(callerId) => {
          change({ callerId })
        }}
      />
      <div className="hotline-row">
        {(['quietFrom', 'quietUntil'] as const).map((end) => (
          <TextInput
            key={end}
            type="time"
            label={t(`hotline.outbound.${end}`)}
            error={fieldErrorAt(error, `/outbound/${end}`)}
            value={outbound[end]}
            onChange={(event) => {
              change({ [end]: event.currentTarget.value })
            }}
          />
        ))}
        <NumberField
          label={t('hotline.outbound.callBackAttempts')}
          error={fieldErrorAt(error, '/outbound/callBackAttempts')}
          min={1}
          max={10}
          value={outbound.callBackAttempts}
          onChange={(callBackAttempts) => {
            change({ callBackAttempts })
          }}
        />
      </div>
    </Part>
  )
}

/** How long recordings are kept, and whether talks are among them. */
export function RecordingsPart({ hotline, error, onChange }: PartProps): ReactNode {
  const { t } = useTranslation()
  return (
    <Part title={t('hotline.recordings.title')}>
      <div className="hotline-row">
        <NumberField
          label={t('hotline.recordings.keepDays')}
          description={t('hotline.recordings.keepDaysHint')}
          error={fieldErrorAt(error, '/recordings/keepDays')}
          min={1}
          max={3_650}
          value={hotline.recordings.keepDays}
          onChange={(keepDays) => {
            onChange({ recordings: { ...hotline.recordings, keepDays } })
          }}
        />
      </div>
      <Switch
        label={t('hotline.recordings.areTalksRecorded')}
        description={t('hotline.recordings.areTalksRecordedHint')}
        checked={hotline.recordings.areTalksRecorded === true}
        onChange={(event) => {
          const areTalksRecorded = event.currentTarget.checked
          onChange({ recordings: { ...hotline.recordings, areTalksRecorded } })
        }}
      />
    </Part>
  )
}
