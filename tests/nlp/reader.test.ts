import { beforeAll, describe, expect, test } from 'vitest'
import { loadCorpus, loadShippedResources, loadTaxonomy, loadTwoMatters } from '#nlp/cli/seeds'
import { decodeModel } from '#nlp/learning/model-file'
import type { Model } from '#nlp/learning/model'
import type { Reader } from '#nlp/reader'
import { createReader } from '#nlp/reader'
import type { Reading } from '#nlp/reading'

const taxonomy = loadTaxonomy()
const FIELDS = new Set(taxonomy.fields.map((field) => field.id))
const KINDS = ['report', 'proposal', 'question', 'praise', 'complaint', 'denunciation', 'invalid']
const REPORT = 'den duong hem 42 Nguyen Trai bi hong ca tuan nay, toi om nguy hiem'

let reader: Reader
let model: Omit<Model, 'version'>

beforeAll(() => {
  const resources = loadShippedResources()
  model = decodeModel(resources.model)
  reader = createReader(resources)
})

/** The words of a text that a reading points at. */
function pointedAt(text: string, spans: Reading['urgencyEvidence']): string {
  return spans.map(({ start, end }) => text.slice(start, end)).join(' … ')
}

describe('the opinion of another classifier', () => {
  const opinion = (weight: number, shares: Readonly<Record<string, number>>) =>
    reader.read(REPORT, { version: 'other', weight, shares: new Map(Object.entries(shares)) })

  test('makes a reading surer where they agree, and leaves it to a person where they do not', () => {
    const alone = reader.read(REPORT)
    const agreed = opinion(0.5, { urban: 0.9998, traffic: 0.0001, water: 0.0001 })
    expect(agreed.confidence).toBeGreaterThan(alone.confidence)
    const divided = opinion(0.5, { urban: 0.01, traffic: 0.01, water: 0.98 })
    expect(divided.confidence).toBeLessThan(alone.confidence)
    expect(opinion(1, { urban: 0.3, traffic: 0.35, water: 0.35 }).abstain).toBe(true)
    expect(agreed.modelVersion).toBe(`${alone.modelVersion}+other`)
  })

  test('alone shares the mass of the labels it knows, and no other', () => {
    const alone = reader.read(REPORT)
    const moved = opinion(1, { urban: 0, traffic: 1, sport: 1 })
    expect(moved.field).toBe('traffic')
    expect(moved.confidence).toBeGreaterThanOrEqual(alone.confidence - 0.01)
    expect(opinion(1, { sport: 1 })).toMatchObject({
      field: alone.field,
      confidence: alone.confidence,
      alternatives: alone.alternatives,
    })
  })
})

describe('the report of the dark alley', () => {
  test('is known, with the words that decided it', () => {
    const reading = reader.read(REPORT)
    expect(reading).toMatchObject({
      language: 'vi-plain',
      kind: 'report',
      field: 'urban',
      topic: 'lighting',
      abstain: false,
      urgency: 'high',
      places: [],
    })
    expect(reading.confidence).toBeGreaterThan(0.5)
    expect(pointedAt(REPORT, reading.evidence)).toContain('den duong')
    expect(pointedAt(REPORT, reading.urgencyEvidence)).toContain('nguy hiem')
  })

  test('reads the same with diacritics, composed or decomposed', () => {
    const accented = 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng cả tuần nay, tối om nguy hiểm'
    for (const text of [accented, accented.normalize('NFD')]) {
      const reading = reader.read(text)
      expect(reading).toMatchObject({ field: 'urban', topic: 'lighting', abstain: false })
      expect(pointedAt(text, reading.evidence).normalize('NFC')).toContain('Đèn đường')
    }
  })
})

describe('every reading', () => {
  test.each([
    REPORT,
    'Xin hỏi làm căn cước cho bé 6 tuổi cần giấy tờ gì?',
    'The street light is broken and the pavement is flooded',
    'ok',
    'asdf qwer zxcv',
    '😀😀😀',
    '',
    '\ud800 \udfff',
    '漢字仮名交じり文',
    'nước yếu quá '.repeat(80_000),
  ])('keeps its promises: %s', (text) => {
    const reading = reader.read(text)
    const confidences = [reading, ...reading.alternatives].map(({ confidence }) => confidence)
    expect(confidences.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.000001)
    expect(reading.field === null || FIELDS.has(reading.field)).toBe(true)
    expect(reading.alternatives.every(({ field }) => FIELDS.has(field))).toBe(true)
    expect(KINDS).toContain(reading.kind)
    expect(reading.evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(
      1.000001,
    )
    for (const { start, end } of [...reading.evidence, ...reading.urgencyEvidence]) {
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeGreaterThan(start)
      expect(end).toBeLessThanOrEqual(text.length)
    }
  })

  test.each(['', '😀😀😀', 'asdf qwer zxcv', '漢字仮名', 'Cái này thì sao'])(
    'leaves what nobody could know to a person: %j',
    (text) => {
      expect(reader.read(text).abstain).toBe(true)
    },
  )

  test('an empty or unreadable text has no field', () => {
    expect(reader.read('')).toMatchObject({ field: null, confidence: 0, kind: 'invalid' })
    expect(reader.read('😀')).toMatchObject({ field: null, kind: 'invalid' })
  })
})

describe('kinds', () => {
  test.each([
    ['Cho tôi hỏi thủ tục đăng ký tạm trú cần những giấy tờ gì?', 'question'],
    ['Cảm ơn các anh chị bộ phận một cửa rất nhiệt tình, tuyệt vời', 'praise'],
    ['Tôi làm đơn tố cáo ông chủ tịch xã nhận hối lộ của nhà thầu', 'denunciation'],
    ['Tôi khiếu nại quyết định xử phạt số 12 vì không đúng', 'complaint'],
    ['Đề nghị phường nghiên cứu lắp thêm ghế đá ở công viên', 'proposal'],
    ['Rác chất đống đầu hẻm ba ngày không ai gom', 'report'],
    ['Tuyên dương anh dân phòng đã cứu người đuối nước hôm chủ nhật', 'praise'],
    ['Nạp lần đầu tặng gấp đôi, cược ngay nhận thưởng, vào link', 'invalid'],
    ['Tuyệt vời, đèn hư ba tháng không ai sửa, đáng khen ghê', 'report'],
    // A victim quotes the advertisement, and is no advertiser.
    ['Có số lạ mời tuyển cộng tác viên lừa mất 50 triệu', 'report'],
  ])('%s → %s', (text, kind) => {
    expect(reader.read(text).kind).toBe(kind)
  })
})

describe('urgency', () => {
  test.each([
    ['Đang cháy nhà ở hẻm 5, có người mắc kẹt', 'emergency'],
    ['dang chay nha o hem 5', 'emergency'],
    ['Dây điện đứt rơi xuống đường, đang tóe lửa', 'emergency'],
    ['Nhà máy xả khói bụi mù mịt cả ngày', 'normal'],
    ['Bóng đèn bị cháy mấy hôm nay', 'normal'],
    ['Nắp cống bị mất, rất nguy hiểm cho học sinh', 'high'],
    ['Năm ngoái ở đây từng cháy nhà, đề nghị trang bị bình chữa cháy', 'high'],
    ['Cho hỏi giờ làm việc của phường?', 'low'],
    // Danger that no list of phrases has, said in the words at hand.
    ['Xe tải tông xe máy, hai người nằm im giữa đường', 'emergency'],
    ['Bà cụ té xỉu không thở nữa, xe cứu thương chưa tới', 'emergency'],
    ['thang be rot xuong cong roi, nuoc dang cuon', 'emergency'],
    ['Nước lũ lên tới mái nhà, sáu người đang ngồi trên nóc', 'emergency'],
    ['A school bus just flipped over, kids are trapped inside', 'emergency'],
    ['Con tôi mất tích từ chiều tới giờ, mới 5 tuổi', 'emergency'],
    // Remembered, denied, likened to, or over.
    ['Tiền điện tăng giật mình như điện giật', 'normal'],
    ['Cảm ơn các anh lính cứu hỏa đã dập tắt đám cháy tối qua', 'low'],
    ['Nếu nhà bị cháy thì gọi số mấy ạ?', 'low'],
  ])('%s → %s', (text, urgency) => {
    expect(reader.read(text).urgency).toBe(urgency)
  })
})

test('places and personal data come with the reading, and can be masked', () => {
  const text = 'Tôi tên là Trần Văn Nam, 0912345678, rác ở phường Bến Nghé, quận 1'
  const reading = reader.read(text)
  expect(reading.places[0]).toMatchObject({ code: '26740', provinceCode: '79', certain: true })
  expect(reading.personalData.map(({ type }) => type)).toEqual(['self_name', 'phone_mobile'])
  expect(reader.redact(text)).toBe('Tôi tên là T. V. N., 091*****78, rác ở phường Bến Nghé, quận 1')
})

describe('two matters in one text', () => {
  const texts = loadTwoMatters()

  test('are found in four of five texts, and mostly with their fields', () => {
    const found = texts.map(({ text }) => reader.read(text).parts.map(({ field }) => field))
    const split = found.filter((fields) => fields.length > 1)
    const right = found.filter((fields, at) => fields.join() === texts[at]?.fields.join())
    process.stdout.write(
      `two matters: ${split.length} split, ${right.length} right of ${texts.length}\n`,
    )
    expect(split.length).toBeGreaterThan(texts.length * 0.8)
    expect(right.length).toBeGreaterThan(texts.length * 0.7)
  })

  test.each([
    'Em hỏi thủ tục làm căn cước cho con, sẵn cho em phản ánh luôn con đường vào trường ổ gà nhiều quá',
    'Ngã tư này thiếu đèn tín hiệu, và tôi cũng bức xúc việc thuế hộ kinh doanh tăng vô lý.',
  ])('are told apart where somebody goes over to another: %s', (text) => {
    expect(reader.read(text).parts).toHaveLength(2)
  })

  test('do not begin with whom a letter greets', () => {
    const text =
      'Kính gửi UBND phường. Tôi ở tổ 5. Vỉa hè trước nhà số 3 bị chiếm bán hàng. Xin xử lý. Cảm ơn.'
    expect(reader.read(text).parts).toEqual([])
  })

  test('are seldom seen in texts of one', () => {
    // Every other text: the corpus grows, the time for a test does not.
    const corpus = loadCorpus().fields.filter((_, at) => at % 2 === 0)
    const wrong = corpus.filter(({ text }) => reader.read(text).parts.length > 0)
    process.stdout.write(`one matter: ${wrong.length} split of ${corpus.length}\n`)
    expect(wrong.length).toBeLessThan(corpus.length * 0.02)
  })

  test('each part is a stretch of the text, in reading order', () => {
    const text = '  Rác chất đống đầu hẻm ba ngày không ai gom. Ngoài ra điện nhà tôi cúp hoài.  '
    const { parts } = reader.read(text)
    expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Rác chất đống đầu hẻm ba ngày không ai gom.',
      'Ngoài ra điện nhà tôi cúp hoài.',
    ])
    expect(parts.map(({ field }) => field)).toEqual(['environment', 'electricity'])
    for (const { confidence } of parts) expect(confidence).toBeGreaterThan(0.3)
  })
})

test('on texts of the corpus it had not seen, the reader beats a floor', () => {
  const measured = model.heads.flatMap(({ name, heldOut }) =>
    heldOut ? [{ name, ...heldOut }] : [],
  )
  for (const { name, count, accuracy, topThree } of measured) {
    const shares = `${(accuracy * 100).toFixed(1)}% right, ${(topThree * 100).toFixed(1)}% among three`
    process.stdout.write(`${name}: ${shares}, ${count} held-out texts\n`)
  }
  const field = measured.find(({ name }) => name === 'field')
  expect(field?.accuracy).toBeGreaterThan(0.6)
  expect(field?.topThree).toBeGreaterThan(0.8)
})
