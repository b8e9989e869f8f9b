import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from './run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'nlp-training-'))
const path = (name: string): string => join(folder, name)

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const SUBJECTS = ['đèn đường', 'ổ gà', 'nước máy', 'rác thải', 'tiền điện', 'học phí']
const COMPLAINTS = ['bị hỏng', 'nhiều quá', 'lâu rồi', 'ở xóm tôi', 'mong xử lý', 'chưa ai lo']

/** A labelled file with each subject and complaint so many times, told apart by a number. */
function writeLessons(name: string, times: number): string {
  const lines = Array.from({ length: times }, (_, at) =>
    SUBJECTS.flatMap((subject) =>
      COMPLAINTS.map((complaint) => `${subject}\t${subject} số ${String(at % 977)} ${complaint}\n`),
    ),
  )
  writeFileSync(path(name), lines.flat().join(''))
  return path(name)
}

const train = (input: string, model: string, ...options: string[]) =>
  runCommand(['train', '--input', input, '--model', path(model), ...options])

describe('training from the command line', () => {
  test('tells its steps on stderr, and makes the same bytes of the same texts and seed', () => {
    const input = writeLessons('train.tsv', 1)
    const { status, stdout, stderr } = train(input, 'one.bin', '--seed', '7')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Trained on 36 texts in .* MB\)\n$/)
    expect(stderr).toContain('trying settings, 2 of 5 …')
    expect(stderr).toContain('learning all texts …')
    train(input, 'two.bin', '--seed', '7')
    const first = readFileSync(path('one.bin'))
    expect(readFileSync(path('two.bin')).equals(first)).toBe(true)
    train(input, 'three.bin', '--seed', '8')
    expect(readFileSync(path('three.bin')).equals(first)).toBe(false)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s at once and leaves the earlier model as it was', async (signal, code) => {
    writeFileSync(path('kept.bin'), 'the earlier model')
    const input = writeLessons('long.tsv', 4_000)
    const child = startCommand(['train', '--input', input, '--model', path('kept.bin')])
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      // The thread is in the midst of its work when the first step has been told.
      if (said === '') child.kill(signal)
      said += chunk
    })
    const [status] = (await once(child, 'close')) as [number | null]
    expect(status).toBe(code)
    expect(said).toContain(`Stopped by ${signal}: no model was written.`)
    expect(readFileSync(path('kept.bin'), 'utf8')).toBe('the earlier model')
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
  })

  test('into a folder that is not there is refused, and nothing is left behind', () => {
    const { status, stderr } = train(writeLessons('small.tsv', 1), 'none/m.bin')
    expect(status).toBe(1)
    expect(stderr).toContain(`Cannot write ${path('none/m.bin')}`)
  })
})
