import type { Lesson } from '../learning/train.ts'
import { HEAD_NAMES } from './lessons.ts'

/** What a person decided about a text. */
export type FieldDecision = {
  readonly text: string
  readonly field: string
  readonly topic: string | null
}

/** What an added field's texts have for a topic where nobody named one. */
const NO_TOPIC = ''

/** The lessons with what people decided, as strong as the corpus; new fields become labels. */
export function withDecisions(
  lessons: readonly Lesson[],
  decisions: readonly FieldDecision[],
): Lesson[] {
  return lessons.map((lesson) => {
    if (lesson.name !== HEAD_NAMES.field) return lesson
    const known = new Set(lesson.examples.map(({ label }) => label))
    const decided = decisions.map(({ text, field, topic }) => {
      // A known field has topics enough; one of no topic would only stand against them.
      if (topic === null && known.has(field)) return { text, label: field }
      return { text, label: field, finer: topic ?? NO_TOPIC }
    })
    return { ...lesson, examples: [...lesson.examples, ...decided] }
  })
}
