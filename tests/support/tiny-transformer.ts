import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A transformer's folder in miniature: words that vote for labels, one vote a word, averaged. */
export type TinyTransformer = {
  readonly labels: readonly string[]
  /** The label each known word votes for. */
  readonly votes: Readonly<Record<string, string>>
  readonly maxTokens?: number
  readonly mixing?: object
  /** The name of the model's output. */
  readonly output?: string
}

const FRAME = ['[UNK]', '[CLS]', '[SEP]']
/** How loud one vote is among logits. */
const VOTE = 30

/** Writes tokeniser, configuration and a true ONNX model into a folder. */
export async function writeTinyTransformer(folder: string, tiny: TinyTransformer): Promise<void> {
  const { labels, votes, maxTokens = 32, mixing, output = 'logits' } = tiny
  const words = [...FRAME, ...Object.keys(votes)]
  const table = words.flatMap((word) => labels.map((label) => (votes[word] === label ? VOTE : 0)))
  const files: Record<string, string | Uint8Array> = {
    'tokenizer.json': JSON.stringify(tokenizerOf(words)),
    'tokenizer_config.json': JSON.stringify({ model_max_length: maxTokens }),
    'config.json': JSON.stringify({ id2label: Object.fromEntries(labels.entries()) }),
    'model.onnx': onnxModel(table, words.length, labels.length, output),
    ...(mixing === undefined ? {} : { 'hoi-am.json': JSON.stringify(mixing) }),
  }
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
}

function tokenizerOf(words: readonly string[]) {
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
  return {
    version: '1.0',
    added_tokens: FRAME.map((content, id) => {
      return { id, content, special: true, single_word: false, lstrip: false, rstrip: false }
    }),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [token('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, token('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [FRAME.indexOf(id)], tokens: [id] }]),
      ),
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  }
}

const FLOAT = 1
const INT64 = 7

/** logits = mean over tokens of table[input_ids] · attention_mask, as the ONNX format spells it. */
function onnxModel(
  table: readonly number[],
  words: number,
  labels: number,
  output: string,
): Uint8Array {
  const graph = [
    ...node('Gather', ['table', 'input_ids'], 'found'),
    ...node('Cast', ['attention_mask'], 'mask', integer(3, FLOAT), text(1, 'to'), integer(20, 2)),
    ...node('Unsqueeze', ['mask', 'last'], 'column'),
    ...node('Mul', ['found', 'column'], 'votes'),
    ...node('ReduceMean', ['votes'], output, integer(8, 1), text(1, 'axes'), integer(20, 7)),
    ...text(2, 'tiny'),
    ...tensor('table', FLOAT, [words, labels], Float32Array.from(table)),
    ...tensor('last', INT64, [1], BigInt64Array.of(2n)),
    ...value(11, 'input_ids', INT64, [1, 'tokens']),
    ...value(11, 'attention_mask', INT64, [1, 'tokens']),
    ...value(12, output, FLOAT, [1, 1, labels]),
  ]
  return Uint8Array.from([...integer(1, 8), ...part(8, integer(2, 13)), ...part(7, graph)])
}

type Bytes = readonly number[]

function node(type: string, inputs: readonly string[], output: string, ...attribute: Bytes[]) {
  const named = attribute.length === 0 ? [] : part(5, attribute.flat())
  const from = inputs.flatMap((input) => text(1, input))
  return part(1, [...from, ...text(2, output), ...text(4, type), ...named])
}

function tensor(name: string, type: number, dims: readonly number[], data: ArrayBufferView) {
  const { buffer, byteOffset, byteLength } = data
  const raw = [...new Uint8Array(buffer, byteOffset, byteLength)]
  const shape = dims.flatMap((dim) => integer(1, dim))
  return part(5, [...shape, ...integer(2, type), ...text(8, name), ...part(9, raw)])
}

function value(field: number, name: string, type: number, dims: readonly (number | string)[]) {
  const shape = dims.flatMap((dim) =>
    part(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim)),
  )
  return part(field, [
    ...text(1, name),
    ...part(2, part(1, [...integer(1, type), ...part(2, shape)])),
  ])
}

// Protocol buffers: a field's number and wire type, then a variable-length number or counted bytes.
const part = (field: number, bytes: Bytes): number[] => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
]
const text = (field: number, word: string): number[] => part(field, [...Buffer.from(word)])
const integer = (field: number, of: number): number[] => [...varint(field * 8), ...varint(of)]

function varint(of: number): number[] {
  return of < 128 ? [of] : [(of % 128) + 128, ...varint(Math.floor(of / 128))]
}
