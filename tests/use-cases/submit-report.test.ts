import { describe, expect, test } from 'vitest'
import { NewReport } from '#contracts/reports'
import { DomainError } from '#domain/errors'
import type { CaseRepository, Ports, Upload } from '#use-cases/ports'
import { submitReport } from '#use-cases/submit-report'
import { hotlinePorts } from '../support/twilio-ports.ts'

const REPORT = NewReport.parse({ text: 'Đèn đường hẻm 42 hỏng cả tuần nay' })
const AWAY = new DomainError('unavailable', 'database-unavailable')

const photo = (name: string): Upload => ({ path: `/tmp/${name}`, name, byteCount: 1 })
const door = (...names: string[]) => ({
  channel: 'web' as const,
  idempotencyKey: 'a key of the widget',
  uploads: names.map(photo),
})

/** Ports whose files are kept in `files`; `cases` may be made to fail. */
function portsWith(cases: (working: CaseRepository) => Partial<CaseRepository> = () => ({})) {
  const files = new Set<string>()
  const working = hotlinePorts()
  const ports: Ports = {
    ...working,
    cases: { ...working.cases, ...cases(working.cases) },
    attachments: {
      store: async ({ name }) => {
        if (name === 'broken') throw new DomainError('unsupported-media', 'file-broken', { name })
        const id = `${name}-${String(files.size)}`
        files.add(id)
        return Promise.resolve({ id, mediaType: 'image/webp', byteCount: 1, hasThumbnail: true })
      },
      open: async () => Promise.resolve(null),
      remove: async (id) => {
        files.delete(id)
        return Promise.resolve()
      },
    },
  }
  return { ports, files, openedCases: working.openedCases }
}

describe('the files of a report', () => {
  test('stay with the case that was opened', async () => {
    const { ports, files } = portsWith()
    const { opened } = await submitReport(REPORT, door('a', 'b'), ports)
    expect(opened.attachments.map(({ id }) => id)).toEqual([...files])
  })

  test('go where one of them is refused', async () => {
    const { ports, files, openedCases } = portsWith()
    await expect(submitReport(REPORT, door('a', 'broken'), ports)).rejects.toThrow()
    expect(files.size).toBe(0)
    expect(openedCases.size).toBe(0)
  })

  test('go where the disk is full', async () => {
    const full = new DomainError('storage-full', 'disk-full')
    const { ports, files } = portsWith(() => ({ add: async () => Promise.reject(full) }))
    await expect(submitReport(REPORT, door('a'), ports)).rejects.toBe(full)
    expect(files.size).toBe(0)
  })

  test('stay where nobody knows whether the case was kept, and it was', async () => {
    let isAway = true
    const { ports, files, openedCases } = portsWith((working) => ({
      add: async (opened) => {
        const result = await working.add(opened)
        // Written, but the answer was lost on the way.
        if (isAway) throw AWAY
        return result
      },
    }))
    await expect(submitReport(REPORT, door('a'), ports)).rejects.toBe(AWAY)
    isAway = false
    const { opened } = await submitReport(REPORT, door('a'), ports)
    expect(openedCases.size).toBe(1)
    expect(opened.attachments).toHaveLength(1)
    for (const { id } of opened.attachments) expect(files).toContain(id)
  })

  test('of two attempts at once only those of the winner are kept', async () => {
    const { ports, files, openedCases } = portsWith()
    const [one, other] = await Promise.all([
      submitReport(REPORT, door('a'), ports),
      submitReport(REPORT, door('b'), ports),
    ])
    expect(one.opened.code).toBe(other.opened.code)
    expect(one.pin).toBe(other.pin)
    expect(openedCases.size).toBe(1)
    expect([...files]).toEqual(one.opened.attachments.map(({ id }) => id))
  })
})

test('a code that is taken is no obstacle', async () => {
  let isTaken = true
  const { ports } = portsWith((working) => ({
    add: async (opened) => {
      if (!isTaken) return working.add(opened)
      isTaken = false
      return { taken: 'code' }
    },
  }))
  const { opened, pin } = await submitReport(REPORT, door(), ports)
  expect(ports.secrets.isPin(opened.code, pin, opened.pinHash)).toBe(true)
})

test('nobody is told of a case before it is kept', async () => {
  const told: string[] = []
  const { ports } = portsWith(() => ({ add: async () => Promise.reject(AWAY) }))
  const listening: Ports = { ...ports, publisher: { publish: ({ code }) => told.push(code) } }
  await expect(submitReport(REPORT, door(), listening)).rejects.toBe(AWAY)
  expect(told).toEqual([])
})
