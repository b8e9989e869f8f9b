import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadCorpus, loadTextFacts } from '#nlp/cli/seeds'
import { createLikenessDetector, type StoredSighting } from '#nlp/likeness/detector'
import { createPrinter } from '#nlp/likeness/print'
import { countWords, decodeWordCounts, encodeWordCounts } from '#nlp/likeness/word-counts'
import { shortFormsOf } from '#nlp/routing/lessons'

const corpus = loadCorpus()
const shortForms = shortFormsOf(loadTextFacts())
const print = createPrinter(shortForms)
const wordCounts = encodeWordCounts(countWords(corpus.fields.map(({ text }) => print(text))))
const detector = createLikenessDetector({ wordCounts, shortForms })

type Told = { readonly scene: string; readonly incident: string; readonly text: string }

/** Reports by different people: a scene is one topic in one ward, with several incidents. */
const reports: readonly Told[] = readFileSync(
  join(import.meta.dirname, '../fixtures/duplicates/reports.tsv'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [scene = '', incident = '', , text = ''] = line.split('\t')
    return { scene, incident, text }
  })

const pairs = reports.flatMap((a, at) =>
  reports
    .slice(at + 1)
    .filter((b) => b.scene === a.scene)
    .map((b) => ({ a: a.text, b: b.text, isSame: a.incident === b.incident })),
)

function aSighting(text: string, changes: Partial<StoredSighting> = {}): StoredSighting {
  return {
    print: detector.print(text),
    field: 'urban',
    topic: 'lighting',
    unitCode: '26743',
    provinceCode: '79',
    lat: null,
    lng: null,
    at: Date.parse('2026-03-02T02:00:00Z'),
    ...changes,
  }
}

const LAMP = 'Đèn đường hẻm 42 Nguyễn Trãi hỏng cả tuần nay, tối om nguy hiểm'
const LAMP_AGAIN = 'hem 42 nguyen trai toi thui may bua nay, bong den chay het roi ma k ai thay'

/** The chance that a pair about one incident scores above one about two. */
function areaUnderCurve(score: (a: string, b: string) => number): number {
  const scored = pairs.map(({ a, b, isSame }) => ({ isSame, score: score(a, b) }))
  const same = scored.filter(({ isSame }) => isSame)
  const others = scored.filter(({ isSame }) => !isSame)
  const won = same.flatMap((one) =>
    others.map((other) => Number(one.score > other.score) + Number(one.score === other.score) / 2),
  )
  return won.reduce((sum, each) => sum + each, 0) / won.length
}

describe('two reports', () => {
  test('of one incident by different people score above those of another one there', () => {
    const area = areaUnderCurve(detector.textLikeness)
    process.stdout.write(
      `duplicates: area under the curve ${area.toFixed(3)} on ${String(pairs.length)} hard pairs\n`,
    )
    expect(pairs.filter(({ isSame }) => isSame).length).toBeGreaterThan(150)
    expect(area).toBeGreaterThan(0.88)
  })

  test('of one incident share a key, so that the index finds the one with the other', () => {
    const same = pairs.filter(({ isSame }) => isSame)
    const found = same.filter(({ a, b }) => {
      const keys = new Set(detector.sightingKeys(aSighting(a)))
      return detector.sightingKeys(aSighting(b)).some((key) => keys.has(key))
    })
    expect(found.length / same.length).toBeGreaterThan(0.95)
  })

  test.each([
    ['decomposed', LAMP.normalize('NFD')],
    ['without diacritics', 'Den duong hem 42 Nguyen Trai hong ca tuan nay, toi om nguy hiem'],
    ['shouted', LAMP.toUpperCase()],
    ['with the tone elsewhere', LAMP.replace('nguy hiểm', 'nguy hiểm').replace('tối', 'tôí')],
    ['with zero-width letters', LAMP.replaceAll(' ', ' \u200b')],
  ])('that differ only in how they are typed are one: %s', (_, text) => {
    expect(detector.likeness(aSighting(LAMP), aSighting(text)).score).toBeGreaterThan(0.95)
  })

  test('with words in another order and letters mistyped are still alike', () => {
    const shuffled = 'Cả tuần nay đèn đường hỏng, tối om nguy hiểm, hẻm 42 Nguyễn Trãi'
    const mistyped = 'Đèn đưòng hẻm 42 Nguyễn Traĩ hỏngg cả tuân nay, tôi om nguy hiêmm'
    for (const text of [shuffled, mistyped]) {
      expect(detector.likeness(aSighting(LAMP), aSighting(text)).score).toBeGreaterThan(0.9)
    }
  })

  test('with another house number are less likely one', () => {
    const other = LAMP_AGAIN.replace('42', '118')
    const { score } = detector.likeness(aSighting(LAMP), aSighting(LAMP_AGAIN))
    expect(score).toBeGreaterThan(detector.likeness(aSighting(LAMP), aSighting(other)).score)
  })

  test('farther apart in place, time or matter are less likely one', () => {
    const here = aSighting(LAMP, { lat: 10.7626, lng: 106.6822 })
    const again = aSighting(LAMP_AGAIN, { lat: 10.7627, lng: 106.6823 })
    const { score, reasons } = detector.likeness(here, again)
    expect(score).toBeGreaterThan(0.5)
    expect(reasons).toContain('near')
    const apart = [
      { ...again, lat: 10.79 },
      { ...again, lat: null, unitCode: '00166', provinceCode: '01' },
      { ...again, at: Date.parse('2026-05-20T02:00:00Z') },
      { ...again, field: 'water' },
    ]
    for (const other of apart) expect(detector.likeness(here, other).score).toBeLessThan(score)
  })

  test('copied word for word are one wherever they come from', () => {
    const there = aSighting(LAMP, { unitCode: '00166', provinceCode: '01', at: null })
    expect(detector.likeness(aSighting(LAMP), there)).toMatchObject({
      reasons: ['same-words', 'same-address', 'same-topic'],
    })
    expect(detector.likeness(aSighting(LAMP), there).score).toBeGreaterThan(0.9)
    const keys = new Set(detector.sightingKeys(aSighting(LAMP)))
    expect(detector.sightingKeys(there).some((key) => keys.has(key))).toBe(true)
  })

  test.each(['', '😀😀', '漢字仮名', '\ud800', '... !!!'])('of %j are like nothing', (text) => {
    expect(detector.likeness(aSighting(text), aSighting(LAMP)).score).toBeLessThan(0.05)
    expect(detector.textLikeness(text, LAMP)).toBeLessThan(0.05)
  })
})

test('bytes that are no print are like nothing', () => {
  const cut = detector.print(LAMP).subarray(0, 50)
  expect(detector.wording(cut, detector.print(LAMP))).toBe(0)
  expect(detector.wording(new Uint8Array(3), detector.print(LAMP))).toBe(0)
})

test('a very long text is read in part and stays comparable', () => {
  const long = `${LAMP} `.repeat(20_000)
  expect(detector.wording(detector.print(long), detector.print(LAMP))).toBeGreaterThan(0.7)
})

test('word counts that are cut short are refused', () => {
  expect(() => decodeWordCounts(wordCounts.subarray(0, 101))).toThrow(/cut short/)
})

describe('the corpus', () => {
  /** Nearly one text, differing in a word or two. */
  const NEARLY_ONE = 0.75

  test.each([
    ['fields', corpus.fields],
    ['kinds', corpus.kinds],
    ['urgencies', corpus.urgencies],
  ])('has no text of %s nearly twice', (_, examples) => {
    const texts = examples.map(({ text }) => text)
    const copies = detector
      .findNearCopies(texts, NEARLY_ONE)
      .map(({ first, second }) => [texts[first], texts[second]])
    expect(copies).toEqual([])
  })

  test('would not take a template filled again', () => {
    const texts = corpus.fields.map(({ text }) => text)
    const first = 'Đường tỉnh lộ 8 đoạn qua xã đầy ổ gà, xe máy tránh nhau suýt ngã.'
    expect(texts).toContain(first)
    const again = 'duong tinh lo 9 doan qua thon day o ga, xe may tranh nhau suyt nga'
    const [copy] = detector.findNearCopies([...texts, again], NEARLY_ONE)
    expect(texts[copy?.first ?? -1]).toBe(first)
  })
})
