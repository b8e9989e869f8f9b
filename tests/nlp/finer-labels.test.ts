import { expect, test } from 'vitest'
import { createClassifier } from '#nlp/learning/classifier'
import { createCorrections } from '#nlp/learning/corrections'
import { createLabelExplainer } from '#nlp/learning/explain-label'
import type { Head } from '#nlp/learning/model'
import { decodeModel, encodeModel } from '#nlp/learning/model-file'
import { trainModel } from '#nlp/learning/train'
import { loadShippedResources, loadTaxonomy } from '#nlp/cli/seeds'
import { createReader } from '#nlp/reader'
import { fieldHeadOf } from '#nlp/routing/field-head'
import { bestTopic } from '#nlp/routing/topic-head'
import { withDecisions } from '#nlp/routing/learnt-lessons'
import { HEAD_NAMES } from '#nlp/routing/lessons'

const SETTINGS = { cost: 0.1, contrast: 0, countsShare: 0.8 }
const TEXTS = [
  ['traffic', 'holes', 'mặt đường đầy ổ gà, xe sập hố'],
  ['traffic', 'holes', 'đường lún sụt, ổ voi giữa làn xe'],
  ['traffic', 'holes', 'ổ gà chi chít, chưa ai vá mặt đường'],
  ['traffic', 'buses', 'tài xế xe buýt bỏ trạm, khách vẫy không dừng'],
  ['traffic', 'buses', 'xe buýt nhồi khách, phụ xe thu thêm tiền vé'],
  ['traffic', 'buses', 'trạm xe buýt không có mái che, khách đứng nắng'],
  ['waste', 'rubbish', 'rác chất đống, xe rác bỏ tuyến'],
  ['waste', 'rubbish', 'thùng rác tràn, chưa ai thu gom'],
  ['waste', 'smoke', 'đốt rơm khói mù mịt, khó thở'],
  ['waste', 'smoke', 'lò đốt than xả khói khét lẹt'],
] as const
const lesson = {
  name: HEAD_NAMES.field,
  examples: TEXTS.map(([label, finer, text]) => ({ label, finer, text })),
  settings: SETTINGS,
  finer: { name: HEAD_NAMES.topic, settings: SETTINGS },
}
const model = decodeModel(encodeModel(trainModel([lesson], { seed: 1 })))
const TEXT = 'xe bus bo tram, tai xe khong dung cho khach'

test('a topic is found within its field', () => {
  const scores = createClassifier(model).score(TEXT)
  expect(bestTopic(model, scores, 'traffic')).toBe('buses')
  expect(bestTopic(model, scores, 'waste')).toMatch(/rubbish|smoke/)
  expect(bestTopic(model, scores, 'unheard of')).toBeNull()
})

test("a field's score has its likeliest topic's part in it, whichever heads are asked for", () => {
  const head = fieldHeadOf(model)
  const topic = model.heads.find(({ name }) => name === HEAD_NAMES.topic)
  const { columns } = createClassifier(model).score(TEXT, [head])
  const alone = createClassifier({ ...model, heads: [withoutFiner(head)] })
  const own = alone.score(TEXT).columns
  const at = head.firstColumn + head.labels.indexOf('traffic')
  const best = (topic?.firstColumn ?? 0) + (topic?.labels.indexOf('traffic/buses') ?? 0)
  expect(columns[at]).toBeCloseTo((own[at] ?? NaN) + (columns[best] ?? NaN), 9)
})

test('what explains a field adds up to its score, before and after a correction', () => {
  const head = fieldHeadOf(model)
  const classifier = createClassifier(model)
  const corrections = createCorrections(model, head)
  for (const learnt of [false, true]) {
    if (learnt) corrections.learn({ text: TEXT, label: 'waste' })
    const scores = corrections.correct(TEXT, classifier.score(TEXT))
    const explain = createLabelExplainer(model, head, corrections)
    head.labels.forEach((label, at) => {
      expect(explain(TEXT, label).score).toBeCloseTo(scores.columns[at] ?? NaN, 9)
    })
  }
  const words = classifier.explain(TEXT, head, 'traffic', null)
  const told = words.reduce((sum, { weight }) => sum + weight, 0)
  const { score, bias } = createLabelExplainer(model, head)(TEXT, 'traffic')
  expect(told).toBeCloseTo(score - bias, 9)
})

test('a field that people add is found with its topics, and without', () => {
  const decide = (field: string, topic: string | null, text: string) => ({ field, topic, text })
  const taught = withDecisions(
    [lesson],
    [
      decide('parks', 'swings', 'xích đu công viên gãy dây'),
      decide('parks', 'swings', 'cầu trượt, xích đu hỏng ở công viên'),
      decide('lakes', null, 'hồ nước cạn, thuyền đạp vịt không chạy'),
      decide('lakes', null, 'thuyền đạp vịt ngoài hồ bị thủng'),
      decide('traffic', null, 'ổ gà trước nhà tôi'),
    ],
  )
  const made = decodeModel(encodeModel(trainModel(taught, { seed: 1 })))
  const classifier = createClassifier(made)
  const read = (text: string) => {
    const scores = classifier.score(text)
    const field = classifier.judge(fieldHeadOf(made), scores).ranked[0]?.label ?? ''
    return { field, topic: bestTopic(made, scores, field) }
  }
  expect(read('xích đu gãy')).toEqual({ field: 'parks', topic: 'swings' })
  expect(read('thuyền đạp vịt ngoài hồ')).toEqual({ field: 'lakes', topic: null })
  expect(read('ổ gà giữa đường')).toEqual({ field: 'traffic', topic: 'holes' })
})

test('the shipped reader names a topic of the field it chose', () => {
  const reader = createReader(loadShippedResources())
  const topics = new Map(
    loadTaxonomy().fields.map(({ id, subtopics }) => [id, subtopics.map((each) => each.id)]),
  )
  for (const [, , text] of TEXTS) {
    const { field, topic } = reader.read(text)
    expect(topics.get(field ?? '')).toContain(topic)
  }
})

function withoutFiner(head: Head): Head {
  const kept = Object.entries(head).filter(([name]) => name !== 'finer')
  return Object.fromEntries(kept) as Head
}
