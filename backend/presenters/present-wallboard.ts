import type { Wallboard, WallboardHistory } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import type { Agent } from '#domain/agent'
import type { CallFigures, QueueDay } from '#domain/call-metrics'
import { BYTE_ORDER_MARK, csvRows } from './csv.ts'
import { presentAgent } from './present-agent.ts'

type Now = {
  readonly at: Date
  readonly waiting: number
  readonly longestWaitSince: Date | null
  readonly agents: readonly Agent[]
  readonly today: CallFigures
  readonly callBacksDue: number
  readonly unheardVoicemails: number
}

/** The wall as consoles show it. */
export function presentWallboard(now: Now): Wallboard {
  return {
    ...now,
    at: now.at.toISOString(),
    longestWaitSince: now.longestWaitSince?.toISOString() ?? null,
    agents: now.agents.map(presentAgent),
  }
}

/** Days as rows of a chart. */
export function presentHistory(days: readonly QueueDay[]): WallboardHistory {
  return { days: days.map((day) => ({ ...day })) }
}

const HEADS: Record<Language, readonly string[]> = {
  vi: [
    'Ngày',
    'Hàng đợi',
    'Cuộc gọi đến',
    'Đã trả lời',
    'Bỏ cuộc',
    'Mức độ dịch vụ 80/20 (%)',
    'Thời gian chờ trung bình (giây)',
    'Tỷ lệ bỏ cuộc (%)',
    'Thời gian xử lý trung bình (giây)',
    'Tỷ lệ bận (%)',
  ],
  en: [
    'Day',
    'Queue',
    'Offered',
    'Answered',
    'Abandoned',
    'Service level 80/20 (%)',
    'Average speed of answer (s)',
    'Abandonment (%)',
    'Average handling time (s)',
    'Occupancy (%)',
  ],
}

/** Days as CSV. */
export function historyCsv(days: readonly QueueDay[], lang: Language): string {
  const rows = days.map((day) => [
    day.day,
    day.queue ?? '',
    day.offered,
    day.answered,
    day.abandoned,
    percent(day.serviceLevel),
    seconds(day.averageAnswerSeconds),
    percent(day.abandonment),
    seconds(day.averageHandleSeconds),
    percent(day.occupancy),
  ])
  return BYTE_ORDER_MARK + csvRows([HEADS[lang], ...rows])
}

function percent(share: number | null): string {
  return share === null ? '' : (share * 100).toFixed(1)
}

function seconds(value: number | null): string {
  return value === null ? '' : value.toFixed(1)
}
