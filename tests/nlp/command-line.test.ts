import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseLabelled } from '#nlp/cli/labelled-file'
import { runCommand } from './run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'nlp-'))
const path = (name: string): string => join(folder, name)

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a command and answers what it printed; one that fails is an error with what it said. */
function run(name: string, options: Record<string, unknown>): string {
  const { positionals = [], skipBad = false, ...named } = options
  const flags = Object.entries({ ...named, 'skip-bad': skipBad }).flatMap(([flag, value]) => {
    if (value === false) return []
    return value === true ? [`--${flag}`] : [`--${flag}`, String(value)]
  })
  const { status, stdout, stderr } = runCommand([name, ...(positionals as string[]), ...flags])
  if (status !== 0) throw new Error(stderr)
  return stdout + stderr
}

let trained = ''

/** A model of two labels, trained when it is first asked for. */
function train(): string {
  if (trained !== '') return trained
  const rows = Array.from({ length: 12 }, (_, at) => [
    `road\tđường hỏng nhiều ổ gà số ${String(at)}`,
    `__label__light đèn đường tối om không sáng ${String(at)}`,
  ])
  writeFileSync(path('train.tsv'), `${rows.flat().join('\n')}\n`)
  trained = path('m.bin')
  run('train', { input: path('train.tsv'), model: trained })
  return trained
}

test('both label notations are read, and bad lines are named by number', () => {
  const { examples, badLines } = parseLabelled(
    Buffer.from('a\tmột\r\n\n__label__b hai\nkhông có nhãn\n__label__ ba\n'),
  )
  expect(examples).toEqual([
    { label: 'a', text: 'một' },
    { label: 'b', text: 'hai' },
  ])
  expect(badLines.map(({ line }) => line)).toEqual([4, 5])
})

test('a line that is not UTF-8 is a bad line, not the end', () => {
  const { examples, badLines } = parseLabelled(
    Buffer.concat([
      Buffer.from('a\tmột\n'),
      Buffer.from([0x61, 9, 0xff, 0xfe, 10]),
      Buffer.from('b\thai\n'),
    ]),
  )
  expect(examples).toHaveLength(2)
  expect(badLines).toMatchObject([{ line: 2 }])
})

test('a bad line stops training unless it may be skipped', () => {
  writeFileSync(path('bad.tsv'), 'a\tmột\nkhông có nhãn\nb\thai\n')
  const options = { input: path('bad.tsv'), model: path('bad.bin') }
  expect(() => run('train', options)).toThrow(/bad line/)
  expect(run('train', { ...options, skipBad: true })).toContain('bad.tsv:2:')
})

test('train, eval and predict go together', () => {
  const model = train()
  const evaluation: unknown = JSON.parse(
    run('eval', { input: path('train.tsv'), model, json: true }),
  )
  expect(evaluation).toMatchObject({ accuracy: 1, macroF1: 1, count: 24 })
  expect(evaluation).toHaveProperty('ece')
  expect(evaluation).toHaveProperty('perLabel.road.f1')
  expect(evaluation).toHaveProperty('textsPerSecond')
  expect(evaluation).toHaveProperty('coverageAt95')
  writeFileSync(path('texts.txt'), 'den duong toi om\n\n')
  run('predict', { input: path('texts.txt'), model, output: path('out.jsonl') })
  const lines = readFileSync(path('out.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { label: 'light', alternatives: [{ label: 'road' }] },
    { abstain: true },
  ])
})

test('a model compared with itself is no better', () => {
  const model = train()
  const printed = run('compare', {
    positionals: [model, model],
    input: path('train.tsv'),
    json: true,
  })
  expect(JSON.parse(printed)).toMatchObject({ onlyA: 0, onlyB: 0, p: 1, notWorse: true })
})

test('a model that learnt the labels the wrong way round is worse', () => {
  const model = train()
  const swapped = readFileSync(path('train.tsv'), 'utf8')
    .replaceAll('road\t', 'LIGHT\t')
    .replaceAll('__label__light ', 'road\t')
    .replaceAll('LIGHT\t', 'light\t')
  writeFileSync(path('swapped.tsv'), swapped)
  run('train', { input: path('swapped.tsv'), model: path('swapped.bin') })
  const options = { positionals: [model, path('swapped.bin')], input: path('train.tsv') }
  expect(JSON.parse(run('compare', { ...options, json: true }))).toMatchObject({
    count: 24,
    rightA: 24,
    rightB: 0,
    onlyA: 24,
    onlyB: 0,
    notWorse: false,
  })
  expect(run('compare', options)).toContain('the second is worse')
})

test('explain says what made the chosen label and the runner-up score as they did', () => {
  const model = train()
  const text = 'Đèn đường ko sáng'.normalize('NFD')
  writeFileSync(path('texts.txt'), `${text}\n`)
  const [line = ''] = run('explain', { input: path('texts.txt'), model }).split('\n')
  type Explained = {
    scores: {
      label: string
      score: number
      bias: number
      contributions: { start: number; end: number; weight: number; text: string }[]
    }[]
  }
  const { scores } = JSON.parse(line) as Explained
  expect(scores.map(({ label }) => label)).toEqual(['light', 'road'])
  for (const { score, bias, contributions } of scores) {
    expect(contributions.reduce((sum, { weight }) => sum + weight, bias)).toBe(score)
    expect(contributions.every(({ start, end, text: of }) => text.slice(start, end) === of)).toBe(
      true,
    )
  }
  // A short form is shown as it was written.
  expect(scores[0]?.contributions.map(({ text: of }) => of)).toContain('ko')
})

test('a missing file, a missing option and a foreign model are explained', () => {
  expect(() => run('train', { input: path('none.tsv'), model: path('m.bin') })).toThrow(/none\.tsv/)
  expect(() => run('train', { input: path('none.tsv') })).toThrow(/--model/)
  expect(() => run('eval', { input: path('none.tsv'), model: path('none.bin') })).toThrow(
    /none\.bin/,
  )
  writeFileSync(path('foreign.bin'), 'not a model')
  expect(() => run('eval', { input: path('none.tsv'), model: path('foreign.bin') })).toThrow(
    /not a model file/,
  )
})

test('pairs of texts are scored, and labelled ones tell the area under the curve', () => {
  const lamp = 'Đèn đường hẻm 42 Nguyễn Trãi hỏng, tối om'
  const again = 'hem 42 nguyen trai den duong hu roi, toi qua'
  const waste = 'Rác chất đống ở chợ không ai gom'
  writeFileSync(path('pairs.tsv'), `1\t${lamp}\t${again}\n0\t${lamp}\t${waste}\n`)
  const printed = run('likeness', { input: path('pairs.tsv'), output: path('pairs.jsonl') })
  expect(printed).toContain('area under the curve 1.000')
  const [same, other] = readFileSync(path('pairs.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { score: number }).score)
  expect(same).toBeGreaterThan(other ?? 1)

  writeFileSync(path('pairs.tsv'), `${lamp}\t${again}\n${lamp}\n`)
  expect(() => run('likeness', { input: path('pairs.tsv') })).toThrow(/pairs\.tsv:2/)
})

test('labels of a labelled file are not read as part of the texts', () => {
  const model = train()
  writeFileSync(path('texts.txt'), 'đèn không sáng\nổ gà to\n')
  writeFileSync(path('labelled.tsv'), 'road\tđèn không sáng\nroad\tổ gà to\n')
  writeFileSync(
    path('fasttext.txt'),
    '__label__x __label__road đèn không sáng\n__label__x ổ gà to\n',
  )
  const plain = run('predict', { input: path('texts.txt'), model })
  expect(run('predict', { input: path('labelled.tsv'), model })).toBe(plain)
  expect(run('predict', { input: path('fasttext.txt'), model })).toBe(plain)
  // Tabs alone make no labelled file.
  writeFileSync(path('tabs.txt'), 'đèn\tkhông sáng\n')
  expect(run('predict', { input: path('tabs.txt'), model })).toContain('"light"')
})

test('labels that the model does not know are told of, beside clean JSON', () => {
  writeFileSync(path('strange.tsv'), 'road\tổ gà to\nsea\tsóng lớn\n')
  const { status, stdout, stderr } = runCommand([
    'eval',
    '--json',
    '--input',
    path('strange.tsv'),
    '--model',
    train(),
  ])
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^1 of 2 texts .*sea/)])
  expect(JSON.parse(stdout)).toMatchObject({ count: 2, accuracy: 0.5 })
})

test('a model that could not be written is refused before it is learnt', () => {
  train()
  const { status, stderr } = runCommand([
    'train',
    '--input',
    path('train.tsv'),
    '--model',
    path('none/m.bin'),
  ])
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^Cannot write /)])
})

test('understand names a former district by the code of the gazetteer', () => {
  writeFileSync(path('places.txt'), 'Ổ gà ở q1\nRác ở phường Bến Nghé, quận 1\n')
  const [district, ward] = run('understand', { input: path('places.txt') })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { places: unknown[] })
  expect(district?.places).toMatchObject([{ text: 'q1', code: '760', provinceCode: '79' }])
  expect(ward?.places[0]).toMatchObject({ code: '26740', provinceCode: '79', certain: true })
})
