import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import { heardText, keyNamed, longestHeard } from '#domain/heard-words'
import { MENU_TRIES, nextInMenu } from '#domain/ivr'

const hears = (said: string, phrase: string) => longestHeard(heardText(said), [phrase]) > 0

describe('words that were heard', () => {
  test.each([
    ['hoà giải', 'hòa giải', true],
    ['HOÀ GIẢI!', 'hòa giải'.normalize('NFD'), true],
    ['cứu hỏa', 'cứu hoả', true],
    ['goi lai cho toi', 'gọi lại', true],
    ['xe chạy trên đường', 'cháy', false],
    ['xe chay tren duong', 'cháy', true],
    ['phản ánhh', 'phản ánh', false],
    ['gọi   lại', 'gọi lại', true],
    ['a person', 'person', true],
    ['', 'a', false],
  ])('"%s" holds "%s": %s', (said, phrase, isHeard) => {
    expect(hears(said, phrase)).toBe(isHeard)
  })

  test.each([
    ['số một', '1'],
    ['Dạ, em bấm phím số hai ạ', '2'],
    ['press 3 please', '3'],
    ['không', '0'],
    ['một việc nữa', null],
    ['một hai ba', null],
    ['', null],
  ])('"%s" names the key %s', (said, key) => {
    expect(keyNamed(said)).toBe(key)
  })
})

test('a caller gets somewhere within the tries, whatever they press or say', () => {
  const anything = fc.option(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', '9', '#', 'cháy', 'agent')),
    { nil: null },
  )
  const language = fc.constantFrom('vi' as const, 'en' as const)
  fc.assert(
    fc.property(anything, anything, language, fc.boolean(), (pressed, said, lang, isOpen) => {
      const state = { hotline: DEFAULT_HOTLINE, language: lang, isOpen, heard: { pressed, said } }
      let tries = 0
      for (let turn = 0; turn < MENU_TRIES; turn++) {
        const next = nextInMenu({ ...state, tries })
        expect(next.tries).toBeGreaterThanOrEqual(tries)
        // Only a change of language is asked again without being a try.
        if (next.go !== 'menu' || next.step?.startsWith('language:') === true) return
        tries = next.tries
      }
      throw new Error(`still in the menu after ${String(MENU_TRIES)} turns`)
    }),
  )
})
