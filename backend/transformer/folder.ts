import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

/** What a folder with a sequence classifier says of itself. */
export type TransformerFolder = {
  readonly path: string
  readonly modelPath: string
  /** Label of each output, in order. */
  readonly labels: readonly string[]
  /** tokenizer.json and tokenizer_config.json, for the tokeniser to judge. */
  readonly tokenizer: object
  readonly tokenizerConfig: object
  /** So many tokens the model reads at most, those that frame a text included. */
  readonly maxTokens: number
  readonly mixing: Mixing
  /** The same files, the same version. */
  readonly version: string
}

/** hoi-am.json: how the model joins in. */
type Mixing = z.infer<typeof Mixing>
const Mixing = z.strictObject({
  /** 0: only the linear model counts; 1: only this one does. */
  weight: z.number().gt(0).max(1).default(0.5),
  /** Above 1 it makes the model less sure of itself, below 1 surer. */
  temperature: z.number().min(0.05).max(20).default(1),
  /** Milliseconds that a report waits for it at most. */
  timeoutMs: z.number().int().min(10).max(10_000).default(1000),
})

const ModelConfig = z.object({
  id2label: z.record(z.string().regex(/^\d+$/), z.string().min(1)),
  model_type: z.string().optional(),
  max_position_embeddings: z.number().int().min(4).optional(),
})

// Some say "no limit" by a number with thirty digits.
const TokenizerConfig = z.looseObject({ model_max_length: z.number().min(4).optional() })

/** The folder that TRANSFORMER_DIR names cannot be used; the message says which file, and what to do. */
export class TransformerError extends Error {
  constructor(path: string, problem: string, remedy: string) {
    super(
      `TRANSFORMER_DIR: ${path} ${problem}. ${remedy}, or unset TRANSFORMER_DIR to start without it.`,
    )
    this.name = 'TransformerError'
  }
}

const FILES = {
  tokenizer: 'tokenizer.json',
  tokenizerConfig: 'tokenizer_config.json',
  config: 'config.json',
  mixing: 'hoi-am.json',
  model: 'model.onnx',
} as const

const USUAL_TOKENS = 512
const VERSION_LENGTH = 12

/** Reads and checks all but the weights. Throws `TransformerError` for what is missing or foreign. */
export async function readTransformerFolder(path: string): Promise<TransformerFolder> {
  const config = await readJson(path, FILES.config, ModelConfig)
  const tokenizer = await readJson(
    path,
    FILES.tokenizer,
    z.looseObject({ model: z.looseObject({}) }),
  )
  const tokenizerConfig = await readJson(path, FILES.tokenizerConfig, TokenizerConfig, {})
  return {
    path,
    modelPath: join(path, FILES.model),
    labels: labelsOf(config, join(path, FILES.config)),
    tokenizer,
    tokenizerConfig,
    maxTokens: maxTokensOf(config, tokenizerConfig),
    mixing: await readJson(path, FILES.mixing, Mixing, {}),
    version: await versionOf(path),
  }
}

/** `otherwise` stands in for a file that may be missing. */
async function readJson<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  otherwise?: object,
): Promise<T> {
  const path = join(folder, name)
  const bytes = await readFile(path, 'utf8').catch((error: unknown) => {
    if (otherwise !== undefined && isMissing(error)) return null
    throw unreadable(path, error)
  })
  const parsed = schema.safeParse(bytes === null ? otherwise : jsonOf(bytes, path))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`)
  throw new TransformerError(path, `is not what it should be (${problems.join('; ')})`, 'Mend it')
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TransformerError(path, 'is not JSON', 'Export the model again')
  }
}

function unreadable(path: string, error: unknown): TransformerError {
  return isMissing(error)
    ? new TransformerError(path, 'is missing', 'Put it there (docs/transformer.md lists the files)')
    : new TransformerError(path, `cannot be read (${String(error)})`, 'Make it readable')
}

function labelsOf({ id2label }: z.infer<typeof ModelConfig>, path: string): string[] {
  const labels = Array.from({ length: Object.keys(id2label).length }, (_, at) => id2label[at])
  const known = labels.filter((label) => label !== undefined)
  const isWhole = known.length === labels.length && new Set(known).size === labels.length
  if (isWhole && labels.length > 1) return known
  throw new TransformerError(
    path,
    'does not number different labels from 0 in id2label',
    'Export the classifier with the ids of the fields as its labels',
  )
}

function maxTokensOf(
  { model_type = '', max_position_embeddings }: z.infer<typeof ModelConfig>,
  { model_max_length = Infinity }: z.infer<typeof TokenizerConfig>,
): number {
  // RoBERTa and its kin count positions from behind the padding's.
  const unused = /roberta|camembert/.test(model_type) ? 2 : 0
  const positions = (max_position_embeddings ?? USUAL_TOKENS + unused) - unused
  return Math.floor(Math.min(model_max_length, positions))
}

async function versionOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of Object.values(FILES)) {
    const path = join(folder, name)
    hash.update(`${name}\n`)
    try {
      await pipeline(createReadStream(path), hash, { end: false })
    } catch (error) {
      const mayBeMissing = name === FILES.mixing || name === FILES.tokenizerConfig
      if (!mayBeMissing || !isMissing(error)) throw unreadable(path, error)
    }
  }
  return hash.digest('hex').slice(0, VERSION_LENGTH)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
