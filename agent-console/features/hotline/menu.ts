import type { HotlineSettings, MenuAction } from '#contracts/hotline'

export type MenuEntry = HotlineSettings['menu'][number]
type MenuKey = MenuEntry['key']

const IS_KEY: Record<MenuKey, true> = {
  '0': true,
  '1': true,
  '2': true,
  '3': true,
  '4': true,
  '5': true,
  '6': true,
  '7': true,
  '8': true,
  '9': true,
  '*': true,
}
const IS_ACTION: Record<MenuAction, true> = {
  'leave-report': true,
  'hear-status': true,
  agent: true,
  'call-back': true,
  emergency: true,
}

/** The keys of a telephone that a menu can use. */
export const KEYS = Object.keys(IS_KEY) as MenuKey[]
/** What a key can do. */
export const ACTIONS = Object.keys(IS_ACTION) as MenuAction[]

/** The first key from 1 on that has nothing to do yet. */
export function freeKey(menu: readonly MenuEntry[]): MenuKey {
  const isFree = (key: MenuKey) => menu.every((entry) => entry.key !== key)
  return KEYS.find((key) => key !== '0' && isFree(key)) ?? KEYS.find(isFree) ?? '0'
}

/** The menu with one entry at another place. */
export function moved(menu: readonly MenuEntry[], from: number, to: number): MenuEntry[] {
  const entry = menu[from]
  return entry ? menu.toSpliced(from, 1).toSpliced(to, 0, entry) : [...menu]
}
