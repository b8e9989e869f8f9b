import { createClassifier } from './classifier.ts'
import type { Decided, HeldOutVerdict } from './doubts.ts'
import type { LabelledText } from './labelled-text.ts'
import { decodeModel, encodeModel } from './model-file.ts'
import { createRandom } from './random.ts'
import { trainModel, type TrainingOptions } from './train.ts'

const FOLDS = 3
const NONE: HeldOutVerdict = { predicted: '', lead: 0 }

/**
 * What models say of decisions they were not trained on: everything else, and the decisions of the
 * other folds, is what they learn from.
 */
export function crossVerdicts(
  decisions: readonly Decided[],
  background: readonly LabelledText[],
  options: TrainingOptions,
): (decided: Decided) => HeldOutVerdict {
  const random = createRandom(options.seed)
  // A person's decisions go together: their errors must not teach the model that judges them.
  const people = [...new Set(decisions.map(({ by }) => by))]
  const byPerson = new Map(people.map((by, at) => [by, at % FOLDS]))
  const foldOf = new Map(
    decisions.map(({ id, by }) => [
      id,
      people.length >= FOLDS ? (byPerson.get(by) ?? 0) : Math.floor(random() * FOLDS),
    ]),
  )
  const verdicts = new Map<string, HeldOutVerdict>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = decisions.filter(({ id }) => foldOf.get(id) === fold)
    const learnt = decisions.filter(({ id }) => foldOf.get(id) !== fold)
    if (held.length === 0 || background.length + learnt.length === 0) continue
    const judge = judgeBy([...background, ...learnt], options)
    for (const decided of held) verdicts.set(decided.id, judge(decided))
  }
  return ({ id }) => verdicts.get(id) ?? NONE
}

function judgeBy(
  examples: readonly LabelledText[],
  options: TrainingOptions,
): (decided: Decided) => HeldOutVerdict {
  const lesson = { name: 'doubts', examples, isUncalibrated: true }
  const model = decodeModel(encodeModel(trainModel([lesson], options)))
  const [head] = model.heads
  const classifier = createClassifier(model)
  return ({ text, label }) => {
    const own = head?.labels.indexOf(label) ?? -1
    // A label that nobody else has given yet cannot be judged.
    if (!head || own < 0) return NONE
    const scores = classifier.score(text)
    const predicted = classifier.judge(head, scores).ranked[0]?.label ?? ''
    const best = scores.columns[head.labels.indexOf(predicted)] ?? 0
    return { predicted, lead: best - (scores.columns[own] ?? 0) }
  }
}
