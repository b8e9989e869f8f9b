import type { Head, Model } from '../learning/model.ts'
import { HEAD_NAMES } from './lessons.ts'

/** The head of a routing model that tells fields apart; throws where the model has none. */
export function fieldHeadOf(model: Model): Head {
  const head = model.heads.find(({ name }) => name === HEAD_NAMES.field)
  if (!head) throw new Error('The model knows no fields: it was trained for something else.')
  return head
}
