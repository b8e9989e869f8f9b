import type { LabelledText } from '../learning/labelled-text.ts'
import type { Lesson } from '../learning/train.ts'
import { HEAD_NAMES, topicHeadName } from './lessons.ts'

/** What a person decided about a text. */
export type FieldDecision = {
  readonly text: string
  readonly field: string
  readonly topic: string | null
}

/** The lessons with what people decided, as strong as the corpus; new fields become labels. */
export function withDecisions(
  lessons: readonly Lesson[],
  decisions: readonly FieldDecision[],
): Lesson[] {
  const extra = new Map<string, LabelledText[]>()
  const add = (head: string, example: LabelledText): void => {
    const known = extra.get(head)
    if (known) known.push(example)
    else extra.set(head, [example])
  }
  for (const { text, field, topic } of decisions) {
    add(HEAD_NAMES.field, { text, label: field })
    if (topic !== null) add(topicHeadName(field), { text, label: topic })
  }
  const taughtHeads = new Set(lessons.map(({ name }) => name))
  const taught = lessons.map((lesson) => ({
    ...lesson,
    examples: [...lesson.examples, ...(extra.get(lesson.name) ?? [])],
  }))
  const fresh = [...extra]
    .filter(([name]) => !taughtHeads.has(name))
    .map(([name, examples]) => ({ name, examples, isUncalibrated: true }))
  return [...taught, ...fresh]
}
