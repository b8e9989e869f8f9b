import type { Scores } from '../learning/classifier.ts'
import { bestColumn, finerLabel, labelAround } from '../learning/finer-head.ts'
import type { Model } from '../learning/model.ts'
import { HEAD_NAMES } from './lessons.ts'

/** The likeliest topic within a field; null where the model knows none. */
export function bestTopic({ heads }: Model, { columns }: Scores, field: string): string | null {
  const head = heads.find(({ name }) => name === HEAD_NAMES.topic)
  if (!head) return null
  const within = head.labels.flatMap((label, at) =>
    labelAround(label) === field ? [head.firstColumn + at] : [],
  )
  const label = head.labels[bestColumn(columns, within) - head.firstColumn] ?? ''
  const topic = label.slice(finerLabel(field, '').length)
  // A field that people added may have texts without a topic.
  return topic === '' ? null : topic
}
