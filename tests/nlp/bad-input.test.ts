import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'nlp-bad-'))
const path = (name: string): string => join(folder, name)

const LESSONS = ['bị hỏng', 'nhiều quá', 'lâu rồi', 'ở xóm tôi', 'mong xử lý', 'chưa ai lo']
  .flatMap((end) => ['đèn đường', 'rác thải', 'học phí'].map((label) => [label, end] as const))
  .map(([label, end]) => `${label}\t${label} ${end}\n`)
  .join('')

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content)
  return path(name)
}

function train(name: string, content: string) {
  const model = path(`${name}.bin`)
  return { model, ...runCommand(['train', '--input', write(name, content), '--model', model]) }
}

type Predicted = {
  readonly label: string | null
  readonly confidence: number
  readonly abstain: boolean
}

function predict(model: string, content: string | Uint8Array): Predicted[] {
  const input = write('texts.txt', content)
  const { status, stdout, stderr } = runCommand(['predict', '--input', input, '--model', model])
  expect([status, stderr]).toEqual([0, ''])
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Predicted)
}

let model = ''

beforeAll(() => {
  ;({ model } = train('sound.tsv', LESSONS))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a text', () => {
  test('that says nothing, or nothing the model has met, is left to a person', () => {
    const lines = [
      '',
      '   ',
      '😀😀😀 👍🏽 🇻🇳',
      '漢字仮名 交じり文',
      'пожалуйста почините дорогу',
      'الطريق مكسور',
      'ถนนพัง',
      '\u200b\u200c\u200d\u2060\ufeff',
      'zxcvb qwrtp',
    ].map((text) => Buffer.from(`${text}\n`))
    // What is left of a surrogate without its other half, as careless programs write it.
    const lone = Buffer.from([0xed, 0xa0, 0x80, 0x0a])
    const predicted = predict(model, Buffer.concat([...lines, lone]))
    expect(predicted).toHaveLength(10)
    expect(predicted.map(({ abstain }) => abstain)).toEqual(predicted.map(() => true))
    const sure = predict(model, 'đèn đường bị hỏng\n')[0]
    for (const { confidence } of predicted) expect(confidence).toBeLessThan(sure?.confidence ?? 0)
  })

  test('reads the same with zero-width letters, look-alikes and decomposed marks', () => {
    const plain = 'rác thải nhiều quá'
    const disguised = [
      'r\u200bác\u2060 thải nhiều quá',
      'rác thảі nhіều quá',
      plain.normalize('NFD'),
    ]
    const [first, ...others] = predict(model, `${[plain, ...disguised].join('\n')}\n`)
    expect(first?.label).toBe('rác thải')
    for (const other of others) expect(other).toEqual(first)
  })

  test('of a megabyte, or a word of a megabyte, is answered', () => {
    const long = 'đèn đường hỏng '.repeat(60_000)
    const [one, other] = predict(model, `${long}\n${'đ'.repeat(500_000)}\n`)
    expect(one?.label).toBe('đèn đường')
    expect(other?.abstain).toBe(true)
  })

  test('of an empty file: nothing is answered', () => {
    expect(predict(model, '')).toEqual([])
  })
})

describe('training', () => {
  test('on an empty file is refused', () => {
    const { status, stderr } = train('empty.tsv', '\n\n')
    expect(status).toBe(1)
    expect(stderr).toContain('has no labelled text')
  })

  test('on more labels than a model can hold is refused at once, with the bound', () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `l${String(at)}\ttext ${String(at)}\n`)
    const { status, stderr } = train('many.tsv', lines.join(''))
    expect(status).toBe(1)
    expect(stderr).toContain('10000 labels; at most 2000 can be learnt')
  })

  test('takes one label, which is then all that is ever said', () => {
    const { status, model: made } = train('one.tsv', 'chỉ một\tđèn đường hỏng\n')
    expect(status).toBe(0)
    expect(predict(made, 'đèn đường\n\n')).toMatchObject([
      { label: 'chỉ một', abstain: false },
      { label: 'chỉ một', abstain: true },
    ])
  })

  test('takes odd texts, a label with one example, and one text under two labels', () => {
    const { status, model: made } = train(
      'odd.tsv',
      `${LESSONS}hiếm\tcầu treo đứt cáp\nrác thải\t\nrác thải\t😀😀\nrác thải\t漢字仮名\n` +
        `học phí\t${'học phí tăng '.repeat(80_000)}\n` +
        'đèn đường\txóm núi tối om\nhọc phí\txóm núi tối om\n'.repeat(6),
    )
    expect(status).toBe(0)
    const [rare, torn] = predict(made, 'cầu treo đứt cáp\nxóm núi tối om\n')
    expect(rare?.label).toBe('hiếm')
    expect(torn).toMatchObject({ abstain: true })
  })
})

describe('a model file', () => {
  const damage: readonly (readonly [string, (sound: Buffer) => Buffer, RegExp])[] = [
    ['that is empty', () => Buffer.alloc(0), /not a model file/],
    ['of another program', () => Buffer.from('{"not": "a model"}'.repeat(9)), /not a model file/],
    ['cut short', (sound) => sound.subarray(0, -9), /cut short/],
    ['cut in its header', (sound) => sound.subarray(0, 40), /cut short/],
    ['with more after it', (sound) => Buffer.concat([sound, sound]), /too long/],
    ['of a later format', (sound) => flipped(sound, 8), /format/],
    ['with a changed length', (sound) => flipped(sound, 13), /cut short|too long/],
    ['with a changed header', (sound) => flipped(sound, 60), /damaged/],
    ['with a changed hash', (sound) => flipped(sound, 26), /damaged/],
    ['with a changed weight', (sound) => flipped(sound, sound.length - 20), /damaged/],
  ]

  test.each(damage)('%s is refused, and nothing is predicted', (_, change, reason) => {
    const damaged = write('damaged.bin', change(readFileSync(model)))
    const input = write('text.txt', 'đèn đường bị hỏng\n')
    const ended = runCommand(['predict', '--input', input, '--model', damaged])
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(reason)
    expect(ended.stderr).not.toContain('    at ')
  })

  test('that is not there, or an answer that cannot be written, is said in one line', () => {
    const input = write('text.txt', 'đèn đường bị hỏng\n')
    const calls = [
      ['predict', '--input', input, '--model', path('none.bin')],
      ['understand', '--input', input, '--model', path('none.bin')],
      ['predict', '--input', input, '--model', model, '--output', path('none/out.jsonl')],
    ]
    for (const args of calls) {
      const { status, stdout, stderr } = runCommand(args)
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^Cannot (read|write) .*none.*\n$/)
    }
  })
})

function flipped(sound: Buffer, at: number): Buffer {
  const changed = Buffer.from(sound)
  changed[at] = (changed[at] ?? 0) ^ 0x10
  return changed
}
