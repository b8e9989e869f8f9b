import type { Case, TimelineStep } from '#domain/case'
import type { Ports } from './ports.ts'

/** Keeps what a person decided about a text as an example to train on. Safe to call twice. */
export async function learnFromCase(
  changed: Case,
  steps: readonly TimelineStep[],
  ports: Pick<Ports, 'trainingExamples'>,
): Promise<void> {
  for (const step of steps) {
    if (step.type !== 'case:corrected' || step.to === null) continue
    await ports.trainingExamples.add({
      caseCode: changed.code,
      caseVersion: step.version,
      text: changed.redactedText,
      field: step.to,
      topic: changed.field === step.to ? changed.topic : null,
      guessedField: changed.understanding.field,
      guessedConfidence: changed.understanding.confidence,
      modelVersion: changed.understanding.modelVersion,
      by: step.by.kind === 'staff' ? step.by.id : step.by.kind,
      at: step.at,
    })
  }
}
