import { expect, test } from 'vitest'
import { acceptCase, correctCase, routeCase } from '#domain/case-life'
import type { TrainingExample } from '#domain/learning'
import { learnFromCase } from '#use-cases/learn-from-case'
import type { Ports } from '#use-cases/ports'
import { aCaseIn, aDecision, by, OFFICER, ROADS } from '../support/builders.ts'

function memory() {
  const kept = new Map<string, TrainingExample>()
  const learnt: string[] = []
  const marked: string[] = []
  const ports = {
    trainingExamples: {
      add: (example: TrainingExample) => {
        const id = `${example.caseCode}:${String(example.caseVersion)}`
        if (kept.has(id)) return Promise.resolve(null)
        kept.set(id, example)
        return Promise.resolve(id)
      },
      markDoubt: (id: string) => Promise.resolve(void marked.push(id)),
    },
    learner: {
      learn: ({ id, field }: { id: string; field: string }) => {
        learnt.push(field)
        return field === 'doubtful'
          ? { id, reason: 'contradicts', expected: 'a', against: null }
          : null
      },
    },
  } as unknown as Pick<Ports, 'trainingExamples' | 'learner'>
  return { ports, kept, learnt, marked }
}

const byOfficer = aDecision({ by: by(OFFICER) })
const tell = async (
  changed: ReturnType<typeof aCaseIn>,
  { ports }: ReturnType<typeof memory>,
): Promise<void> => learnFromCase(changed, changed.timeline.slice(-1), ports)

test('a correction is kept once, without personal data, with version and date, and learnt from', async () => {
  const store = memory()
  const corrected = correctCase(aCaseIn('triage'), 'water', null, byOfficer)
  await tell(corrected, store)
  await tell(corrected, store)
  const [example, ...others] = store.kept.values()
  expect(others).toEqual([])
  expect(example).toMatchObject({
    about: 'field',
    field: 'water',
    text: corrected.redactedText,
    modelVersion: corrected.understanding.modelVersion,
    by: OFFICER.id,
    at: byOfficer.at,
  })
  expect(store.learnt).toEqual(['water'])
})

test('an agency that takes a case on confirms its field, unless a person said it before', async () => {
  const store = memory()
  const accepted = acceptCase(aCaseIn('routed', { field: 'traffic' }), OFFICER, byOfficer)
  await tell(accepted, store)
  expect([...store.kept.values()]).toMatchObject([
    { about: 'field', field: 'traffic', agencyId: accepted.agency?.id },
  ])
  const said = memory()
  const routed = aCaseIn('routed', { field: 'traffic', isFieldConfirmed: true })
  await tell(acceptCase(routed, OFFICER, byOfficer), said)
  expect(said.kept.size).toBe(0)
})

test('an agency chosen by hand is kept as such; fields are not learnt from it', async () => {
  const store = memory()
  await tell(routeCase(aCaseIn('triage', { field: 'traffic' }), ROADS, null, byOfficer), store)
  expect([...store.kept.values()]).toMatchObject([{ about: 'agency', agencyId: ROADS.id }])
  expect(store.learnt).toEqual([])
})

test('what the system routes teaches nothing', async () => {
  const store = memory()
  const bySystem = aDecision({ by: { kind: 'system' } })
  await tell(routeCase(aCaseIn('triage', { field: 'traffic' }), ROADS, null, bySystem), store)
  expect(store.kept.size).toBe(0)
})

test('a decision that the learner doubts is marked', async () => {
  const store = memory()
  const corrected = correctCase(aCaseIn('triage'), 'doubtful', null, byOfficer)
  await tell(corrected, store)
  expect(store.marked).toEqual([...store.kept.keys()])
})
