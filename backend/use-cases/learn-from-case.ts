import type { Case, TimelineStep } from '#domain/case'
import type { TrainingExample } from '#domain/learning'
import type { Ports } from './ports.ts'

/** Keeps what a person decided about a text and learns from it at once. Safe to call twice. */
export async function learnFromCase(
  changed: Case,
  steps: readonly TimelineStep[],
  ports: Pick<Ports, 'trainingExamples' | 'learner'>,
): Promise<void> {
  for (const step of steps) {
    const decision = decisionOf(step, changed, steps)
    if (decision === null || step.by.kind !== 'staff') continue
    const example: TrainingExample = {
      ...decision,
      caseCode: changed.code,
      caseVersion: step.version,
      text: changed.redactedText,
      topic: changed.field === decision.field ? changed.topic : null,
      guessedField: changed.understanding.field,
      guessedConfidence: changed.understanding.confidence,
      modelVersion: changed.understanding.modelVersion,
      by: step.by.id,
      at: step.at,
    }
    const id = await ports.trainingExamples.add(example)
    if (id === null || example.about !== 'field') continue
    const doubt = ports.learner.learn({ id, ...example })
    if (doubt !== null) await ports.trainingExamples.markDoubt(id, doubt)
  }
}

type Decided = Pick<TrainingExample, 'about' | 'field' | 'agencyId'>

function decisionOf(
  step: TimelineStep,
  changed: Case,
  steps: readonly TimelineStep[],
): Decided | null {
  const agencyId = step.agency?.id ?? changed.agency?.id ?? null
  if (step.type === 'case:corrected') {
    return step.to === null ? null : { about: 'field', field: step.to, agencyId }
  }
  if (changed.field === null) return null
  // An agency that takes the case on says that it was sent rightly; a person said so before.
  if (step.type === 'case:accepted' && !changed.isFieldConfirmed) {
    return { about: 'field', field: changed.field, agencyId }
  }
  // Routed by hand; after a correction it is the rules that route.
  const isByRule = steps.some(
    ({ type, version }) => type === 'case:corrected' && version === step.version,
  )
  if (step.type !== 'case:routed' || isByRule) return null
  return { about: 'agency', field: changed.field, agencyId }
}
