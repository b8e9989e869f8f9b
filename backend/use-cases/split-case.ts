import type { Case, TimelineStep } from '#domain/case'
import { caseCode } from '#domain/case-code'
import { withReceipt } from '#domain/open-case'
import { DomainError } from '#domain/errors'
import { answerDueAt } from '#domain/service-level'
import { kindOf, openSubCase, splitCase as split, type SubCase } from '#domain/sub-case'
import type { Decide } from './change-case.ts'
import { findRoute, takeRoute } from './find-route.ts'
import type { Ports } from './ports.ts'

const CODE_ATTEMPTS = 5

/** A person takes a second matter out of a case; `openSubCases` then makes the case of it. */
export const splitCase: Decide<'split'> = async (current, { command, decision, ports }) => {
  const field = ports.settings().fields.find(({ id }) => id === command.fieldId)
  if (field === undefined) throw new DomainError('invalid', 'field-unknown', {}, '/fieldId')
  const { start, end } = command
  const understanding = await ports.reader.read(current.text.slice(start, end).trim())
  const topic = field.id === understanding.field ? understanding.topic : null
  const code = await freeCode(ports)
  const matter = { kind: kindOf(current, understanding), field: field.id, topic }
  const route = await routeOf(current, matter, ports)
  const agency = route.to === 'agency' ? route.agency : null
  return split(current, { start, end, code, field: field.id, topic, agency }, decision)
}

/**
 * Makes the cases of the matters that these steps took out. Safe to call twice: what the person who
 * split it was told stands in the main case, so after a crash the relay makes what is missing.
 */
export async function openSubCases(
  main: Case,
  steps: readonly TimelineStep[],
  ports: Ports,
): Promise<void> {
  for (const step of steps) {
    const taken = main.subCases?.find(({ code }) => code === step.to)
    if (step.type !== 'case:split' || taken === undefined) continue
    const opened = await readSubCase(main, taken, step, ports)
    const { taken: inUse } = await ports.cases.add(opened)
    if (inUse === null) ports.publisher.publish(opened, opened.timeline)
  }
}

async function readSubCase(
  main: Case,
  taken: SubCase,
  step: TimelineStep,
  ports: Ports,
): Promise<Case> {
  const { reader, secrets, settings } = ports
  const { calendar, serviceLevels } = settings()
  const text = main.text.slice(taken.start, taken.end).trim()
  const understanding = await reader.read(text)
  const name = main.contact?.name
  const kind = kindOf(main, understanding)
  const opened = openSubCase(main, taken, {
    // The citizen was shown one PIN; it opens this case too.
    pinHash: secrets.hashPin(taken.code, secrets.pinFor(main.code)),
    redactedText: reader.redact(text, name == null ? [] : [name]),
    understanding,
    dueAt: answerDueAt({ ...understanding, kind }, main.receivedAt, serviceLevels, calendar),
    contentHash: secrets.hashContent(text),
  })
  const route = await routeOf(main, { ...taken, kind }, ports)
  return withReceipt(takeRoute(opened, route, { by: step.by, at: step.at, version: 1 }))
}

type Matter = Pick<SubCase, 'field' | 'topic'> & Pick<Case, 'kind'>

function routeOf(main: Case, { kind, field, topic }: Matter, ports: Ports) {
  return findRoute({ kind, field, topic, isSure: true, place: main.place }, ports)
}

async function freeCode(ports: Ports): Promise<string> {
  for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
    const code = caseCode(ports.randomDigits(9))
    if ((await ports.cases.findByCode(code)) === null) return code
  }
  throw new Error(`no free case code in ${CODE_ATTEMPTS} attempts`)
}
