import { describe, expect, test } from 'vitest'
import type { AgencyTemplate } from '#domain/agency-catalogue'
import {
  candidateAgencyIds,
  decideRoute,
  type RoutingRule,
  type RoutingSubject,
} from '#domain/routing'
import { readSeed } from './seed.ts'

const rules = readSeed('routing.json') as RoutingRule[]
const benThanh = { unitCode: '26743', provinceCode: '79' }
const nowhere = { unitCode: null, provinceCode: null }
const active = new Set([
  'ubnd-xa@26743',
  'cong-an-xa@26743',
  'so-xay-dung@79',
  'so-y-te@79',
  'cong-an-tinh@79',
  'evn@79',
  'cap-nuoc@79',
  'vien-thong',
  'vpcp',
  'bo-cong-an',
])

function subject(changes: Partial<RoutingSubject> = {}): RoutingSubject {
  return {
    kind: 'report',
    field: 'urban',
    topic: 'lighting',
    isSure: true,
    place: benThanh,
    ...changes,
  }
}

const route = (changes: Partial<RoutingSubject> = {}) =>
  decideRoute(subject(changes), rules, active)

describe('a sure report goes', () => {
  test.each([
    ['on the ground, to the commune', {}, 'ubnd-xa@26743'],
    ['technical, to the province', { field: 'traffic', topic: 'signals_signs' }, 'so-xay-dung@79'],
    [
      'about the national portal, to the centre',
      { field: 'public_admin', topic: 'portal' },
      'vpcp',
    ],
    ['about electricity, to the operator', { field: 'electricity', topic: 'outage' }, 'evn@79'],
    ['about water, to the operator', { field: 'water', topic: 'leak' }, 'cap-nuoc@79'],
    [
      'about the network, to the operator',
      { field: 'telecom_it', topic: 'mobile_net' },
      'vien-thong',
    ],
    ['without a topic, by its field', { topic: null }, 'ubnd-xa@26743'],
    ['with an unknown topic, by its field', { topic: 'spaceships' }, 'ubnd-xa@26743'],
    [
      'past an agency that is not active, to the next one',
      { field: 'food_safety', topic: 'poisoning' },
      'so-y-te@79',
    ],
    [
      'with only the province known, to the first agency of the province',
      { place: { unitCode: null, provinceCode: '79' } },
      'so-xay-dung@79',
    ],
    [
      'with a province picked as the unit, likewise',
      { place: { unitCode: '79', provinceCode: null } },
      'so-xay-dung@79',
    ],
    [
      'without a place, where none is needed',
      { field: 'public_admin', topic: 'portal', place: nowhere },
      'vpcp',
    ],
  ])('%s', (_case, changes, agencyId) => {
    expect(route(changes)).toEqual({ to: 'agency', agencyId, supportingIds: [] })
  })

  test('with the active agencies that take part', () => {
    expect(route({ field: 'traffic', topic: 'congestion' })).toEqual({
      to: 'agency',
      agencyId: 'so-xay-dung@79',
      supportingIds: ['cong-an-tinh@79'],
    })
    expect(route({ field: 'water', topic: 'quality' })).toMatchObject({
      supportingIds: ['so-y-te@79'],
    })
  })

  test('but neither with itself nor with one that is not active', () => {
    const supporting = ['ubnd-xa@commune', 'so-attp@province', 'evn@province']
    const rule = { ...ruleOf('urban', null), supporting }
    expect(decideRoute(subject({ topic: null }), [rule], active)).toMatchObject({
      agencyId: 'ubnd-xa@26743',
      supportingIds: ['evn@79'],
    })
  })
})

describe('a person decides', () => {
  test.each([
    ['a complaint, however sure', { kind: 'complaint' }, 'legal-procedure'],
    ['a denunciation, however sure', { kind: 'denunciation' }, 'legal-procedure'],
    [
      'a report about corruption',
      { field: 'complaint_denunciation', topic: null },
      'legal-procedure',
    ],
    ['what is no report', { kind: 'invalid' }, 'unsure-field'],
    ['an unsure field', { isSure: false }, 'unsure-field'],
    ['no field', { field: null, topic: null }, 'unsure-field'],
    ['a field that says nothing', { field: 'other', topic: null }, 'unsure-field'],
    ['no place where one is needed', { place: nowhere }, 'no-place'],
    [
      'no place, though a ministry could have it',
      { field: 'identity_residence', topic: 'vneid', place: nowhere },
      'no-place',
    ],
    [
      'an unknown ward where only the commune can help',
      { topic: 'sidewalk', place: { unitCode: null, provinceCode: '79' } },
      'no-place',
    ],
    [
      'a place without an active agency',
      { place: { unitCode: '00004', provinceCode: '01' } },
      'no-agency',
    ],
    ['a field without a rule', { field: 'spaceships' }, 'no-agency'],
  ] as const)('%s', (_case, changes, reason) => {
    expect(route(changes)).toEqual({ to: 'triage', reason })
  })
})

test('the agencies of a rule are named for the place, in the rule’s order', () => {
  const rule = { ...ruleOf('urban', 'lighting'), steps: ['so-attp@79', 'ubnd-xa@commune', 'vpcp'] }
  expect(candidateAgencyIds(rule, benThanh)).toEqual(['so-attp@79', 'ubnd-xa@26743', 'vpcp'])
  expect(candidateAgencyIds(rule, nowhere)).toEqual(['so-attp@79', 'vpcp'])
})

describe('the seeded rules', () => {
  type Taxonomy = { fields: { id: string; subtopics: { id: string }[] }[] }
  const { agencies } = readSeed('agencies.json') as { agencies: AgencyTemplate[] }

  test('cover every field and every topic, once', () => {
    const { fields } = readSeed('taxonomy.json') as Taxonomy
    const expected = fields.flatMap(({ id, subtopics }) => [
      `${id}/`,
      ...subtopics.map((topic) => `${id}/${topic.id}`),
    ])
    expect(rules.map(({ field, topic }) => `${field}/${topic ?? ''}`)).toEqual(expected)
  })

  test('name agencies of the catalogue, at the level the catalogue has them', () => {
    const known = agencies.map(({ id, per }) => (per === null ? id : `${id}@${per}`))
    const named = rules.flatMap(({ steps, supporting }) => [...steps, ...supporting])
    expect(named.filter((step) => !known.includes(step))).toEqual([])
    expect(rules.filter(({ steps }) => steps.length === 0)).toEqual([])
  })
})

function ruleOf(field: string, topic: string | null): RoutingRule {
  const rule = rules.find((each) => each.field === field && each.topic === topic)
  if (rule === undefined) throw new Error(`No rule for ${field}/${topic ?? ''}`)
  return rule
}
