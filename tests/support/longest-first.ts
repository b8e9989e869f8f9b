import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest comes first, so that nothing long is left to be waited for at the end. Between two
 * journeys stands as much as the first of them takes: a journey waits for its browser most of the time,
 * and leaves its core to what counts beside it.
 */
const LONG = [
  'journeys/telephone',
  'telephony/exchange-calls',
  'telephony/whole-calls',
  'journeys/accessibility',
  'http/learning',
  'nlp/corrections',
  'nlp/reader',
  'http/staff-sign-in',
  'use-cases/telephone/healing',
  'persistence/embedded/durability',
  'journeys/main-job',
  'telephony/sms-sent',
  'http/outage',
  'telephony/sms-received',
  'nlp/training-command',
  'nlp/command-line',
  'nlp/bad-input',
  'journeys/outage',
].map((name) => `/tests/${name}.test.ts`)

/** The order of test files: the long ones, what else needs the server, then the screens. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files)
    return usual.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId, project }: TestSpecification): number {
  const place = LONG.findIndex((end) => moduleId.endsWith(end))
  if (place >= 0) return place
  // A worker is kept from file to file within a project only.
  return LONG.length + (project.name === 'screens' ? 1 : 0)
}
