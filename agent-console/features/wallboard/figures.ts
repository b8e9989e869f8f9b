import type { WallboardHistory } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import { clock } from '../../lib/clock.ts'
import { LOCALES } from '../../lib/locale.ts'

export type HistoryDay = WallboardHistory['days'][number]
export type Metric = Exclude<keyof HistoryDay, 'day' | 'queue'>
/** A number of calls or people, a share from 0 to 1, or seconds. */
export type Unit = 'count' | 'share' | 'seconds'

/** The figures of a day, in the order in which they are shown. */
export const METRIC_UNITS: Record<Metric, Unit> = {
  offered: 'count',
  answered: 'count',
  abandoned: 'count',
  serviceLevel: 'share',
  averageAnswerSeconds: 'seconds',
  abandonment: 'share',
  averageHandleSeconds: 'seconds',
  occupancy: 'share',
}
export const METRICS = Object.keys(METRIC_UNITS) as Metric[]

/** A figure as people read it: `1.204`, `72%`, `3:27`; empty where there is none. */
export function figure(value: number | null, unit: Unit, lang: Language): string {
  if (value === null) return ''
  if (unit === 'seconds') return clock(Math.round(value))
  if (unit === 'count') return value.toLocaleString(LOCALES[lang])
  return value.toLocaleString(LOCALES[lang], { style: 'percent' })
}
