import { isPublic } from '#domain/access'
import type { Case, TimelineStep } from '#domain/case'
import { type CasePrint, sightingOf } from '#domain/likeness'
import type { CaseEventName } from '#contracts/vocabulary'
import { isUnheard } from './open-case-of-call.ts'
import type { Ports } from './ports.ts'

type PrintPorts = Pick<Ports, 'likeness' | 'casePrints'>

/** What happens to a case without changing what it is found by. */
const SILENT: ReadonlySet<CaseEventName> = new Set<CaseEventName>([
  'case:accepted',
  'case:drafted',
  'case:submitted',
  'case:sent-back',
  'case:rated',
  'case:noted',
  'case:extended',
  'case:revealed',
  'case:deadline-warned',
  'case:messaged',
  'case:message-reported',
])

const BATCH = 200

/** Keeps the print of a case up to date with what happened to it. Safe to call twice. */
export async function printCase(
  changed: Case,
  steps: readonly TimelineStep[],
  ports: PrintPorts,
): Promise<void> {
  if (steps.every(({ type }) => SILENT.has(type))) return
  await ports.casePrints.put(printOf(changed, ports.likeness))
}

/**
 * Makes the prints of cases that have none, or one of another format: those from before there were
 * prints. Goes on where it was stopped; changes made meanwhile come by `printCase`.
 */
export async function printOlderCases(
  ports: PrintPorts,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const { format } = ports.likeness
  let printedCount = 0
  while (!isStopping()) {
    const { cases, last } = await ports.casePrints.unprinted(format, BATCH)
    if (last === null) break
    for (const each of cases) await ports.casePrints.put(printOf(each, ports.likeness))
    await ports.casePrints.markPrinted(format, last)
    printedCount += cases.length
  }
  return printedCount
}

/** The print of a case with the keys that others find it by. */
export function printOf(current: Case, likeness: Ports['likeness']): CasePrint {
  const sighting = sightingOf(current, likeness.print(current.text, current.place?.address))
  // Nobody else may read a published case but in its public words.
  const answerPrint = isPublic(current) ? likeness.print(current.redactedText) : null
  return {
    code: current.code,
    version: current.version,
    format: likeness.format,
    keys: [
      // Every message left on the line has the same words until somebody hears it.
      ...(isUnheard(current) ? [] : likeness.sightingKeys(sighting)),
      ...(answerPrint === null ? [] : likeness.answerKeys(answerPrint, current.field)),
    ],
    sighting,
    answerPrint,
  }
}
