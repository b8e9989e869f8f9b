import { describe, expect, test } from 'vitest'
import { en } from '../../../agent-console/i18n/en.ts'
import { vi } from '../../../agent-console/i18n/vi.ts'
import { matchesText } from '../../../agent-console/lib/fold.ts'
import { keyName } from '../../../agent-console/lib/keyboard.ts'
import { dialled } from '../../../agent-console/lib/phone.ts'

describe('searching on the screen', () => {
  test('needs no diacritics, in either direction', () => {
    expect(matchesText('Hạ tầng & trật tự đô thị', 'do thi ha tang')).toBe(true)
    expect(matchesText('dien luc', 'điện')).toBe(true)
    expect(matchesText('Cấp nước sạch', 'điện')).toBe(false)
  })
})

describe('phone numbers', () => {
  test('are shown as people dial them, masked ones untouched', () => {
    expect(dialled('+84912345678')).toBe('0912 345 678')
    expect(dialled('090••••345')).toBe('090••••345')
  })
})

describe('keys', () => {
  const key = (changes: Partial<KeyboardEvent>) =>
    keyName({ key: 'a', ctrlKey: false, metaKey: false, altKey: false, ...changes })

  test('chords of the browser are left alone; Ctrl and ⌘ with Enter are ours', () => {
    expect(key({ key: 'f', ctrlKey: true })).toBe('')
    expect(key({ key: 'e', altKey: true })).toBe('')
    expect(key({ key: 'Enter', ctrlKey: true })).toBe('mod+enter')
    expect(key({ key: 'Enter', metaKey: true })).toBe('mod+enter')
  })

  test('capitals are the same key', () => {
    expect(key({ key: 'J' })).toBe('j')
  })
})

describe('the two languages', () => {
  type Tree = { readonly [key: string]: string | Tree }

  function leaves(tree: Tree, path = ''): [string, string][] {
    return Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[path + key, value] as [string, string]]
        : leaves(value, `${path}${key}.`),
    )
  }

  test('say the same with the same values', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)
    const inEnglish = new Map(leaves(en))
    for (const [key, text] of leaves(vi)) {
      expect([key, values(inEnglish.get(key) ?? '').sort()]).toEqual([key, values(text).sort()])
    }
  })

  test('no value takes a name that the texts library keeps for itself', () => {
    for (const [key, text] of leaves(vi)) {
      expect([key, /\{\{(lng|lngs|ns|count|context|defaultValue)\}\}/.test(text)]).toEqual([
        key,
        false,
      ])
    }
  })
})
