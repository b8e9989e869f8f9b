import type { Wallboard } from '#contracts/telephony'
import type { Unit } from './figures.ts'

/** What is said under a figure, with its values. */
export type TileNote =
  | { readonly key: 'answeredOf'; readonly answered: number; readonly offered: number }
  | { readonly key: 'abandonedOf'; readonly abandoned: number; readonly offered: number }
  | { readonly key: 'freeAgents'; readonly n: number }
  | { readonly key: 'waitsLong' | 'tooSlow'; readonly limitSeconds: number }
  | { readonly key: 'below' | 'above'; readonly limitShare: number }
  | { readonly key: 'nobodyFree' | 'toCall' | 'toHear' }

export type TileName =
  | 'waiting'
  | 'longestWait'
  | 'serviceLevel'
  | 'averageAnswer'
  | 'abandonment'
  | 'averageHandle'
  | 'occupancy'
  | 'callBacksDue'
  | 'unheardVoicemails'

/** One figure of the wall. `isAlarming`: past its threshold, which the first note then says. */
export type Tile = {
  readonly name: TileName
  readonly value: number | null
  readonly unit: Unit
  readonly isAlarming: boolean
  readonly notes: readonly TileNote[]
}

const WAIT_LIMIT_S = 60
const ANSWER_LIMIT_S = 20
const SERVICE_LEVEL_TARGET = 0.8
const ABANDONMENT_LIMIT = 0.05
const OCCUPANCY_LIMIT = 0.85

/** The tiles of the wall at `now` (the server's clock). */
export function tilesOf(wallboard: Wallboard, now: Date): Tile[] {
  return [...queueTiles(wallboard, now), ...todayTiles(wallboard.today), ...leftTiles(wallboard)]
}

function queueTiles({ waiting, longestWaitSince, agents }: Wallboard, now: Date): Tile[] {
  const free = agents.filter(({ state }) => state === 'available').length
  const waitSeconds =
    longestWaitSince === null
      ? null
      : Math.max(0, (now.getTime() - Date.parse(longestWaitSince)) / 1_000)
  return [
    tile('waiting', waiting, 'count', waiting > 0 && free === 0 && { key: 'nobodyFree' }, [
      ...(free === 0 ? [] : [{ key: 'freeAgents', n: free } as const]),
    ]),
    tile(
      'longestWait',
      waitSeconds,
      'seconds',
      exceeds(waitSeconds, WAIT_LIMIT_S) && { key: 'waitsLong', limitSeconds: WAIT_LIMIT_S },
    ),
  ]
}

function todayTiles(today: Wallboard['today']): Tile[] {
  const { offered, answered, abandoned, serviceLevel, averageAnswerSeconds } = today
  const { abandonment, averageHandleSeconds, occupancy } = today
  return [
    tile(
      'serviceLevel',
      serviceLevel,
      'share',
      serviceLevel !== null &&
        serviceLevel < SERVICE_LEVEL_TARGET && { key: 'below', limitShare: SERVICE_LEVEL_TARGET },
      [{ key: 'answeredOf', answered, offered }],
    ),
    tile(
      'averageAnswer',
      averageAnswerSeconds,
      'seconds',
      exceeds(averageAnswerSeconds, ANSWER_LIMIT_S) && {
        key: 'tooSlow',
        limitSeconds: ANSWER_LIMIT_S,
      },
    ),
    tile(
      'abandonment',
      abandonment,
      'share',
      exceeds(abandonment, ABANDONMENT_LIMIT) && { key: 'above', limitShare: ABANDONMENT_LIMIT },
      [{ key: 'abandonedOf', abandoned, offered }],
    ),
    tile('averageHandle', averageHandleSeconds, 'seconds', false),
    tile(
      'occupancy',
      occupancy,
      'share',
      exceeds(occupancy, OCCUPANCY_LIMIT) && { key: 'above', limitShare: OCCUPANCY_LIMIT },
    ),
  ]
}

function leftTiles({ callBacksDue, unheardVoicemails }: Wallboard): Tile[] {
  return [
    tile('callBacksDue', callBacksDue, 'count', callBacksDue > 0 && { key: 'toCall' }),
    tile(
      'unheardVoicemails',
      unheardVoicemails,
      'count',
      unheardVoicemails > 0 && { key: 'toHear' },
    ),
  ]
}

function tile(
  name: TileName,
  value: number | null,
  unit: Unit,
  alarm: TileNote | false,
  notes: readonly TileNote[] = [],
): Tile {
  return {
    name,
    value,
    unit,
    isAlarming: alarm !== false,
    notes: alarm === false ? notes : [alarm, ...notes],
  }
}

function exceeds(value: number | null, limit: number): boolean {
  return value !== null && value > limit
}
