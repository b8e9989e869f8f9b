import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Opinion, SequenceClassifier } from '#nlp/learning/opinion'
import { readTransformerFolder, TransformerError, type TransformerFolder } from './folder.ts'
import { createLimited } from './limit.ts'
import { loadOnnxRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from './runtime.ts'
import { createTokenIds, type TokenIds } from './tokens.ts'

/** What a transformer is opened with. */
export type TransformerOptions = {
  readonly folder: string
  readonly log: Logger
  /** ONNX Runtime; the installed one by default. */
  readonly loadRuntime?: (() => Promise<OnnxRuntime>) | undefined
}

/** Texts read at the same time; each has threads of its own. */
const AT_ONCE = 2
const LOGITS = 'logits'
const EXPORT_AGAIN = 'Export the classifier again (docs/transformer.md says how)'

/**
 * Opens the sequence classifier of a folder and tries it on a text as long as it reads. `fields` are
 * the labels of the linear model. Throws `TransformerError` where it cannot join in.
 */
export async function openTransformer(
  { folder: path, log, loadRuntime = loadOnnxRuntime }: TransformerOptions,
  fields: readonly string[],
): Promise<SequenceClassifier> {
  const folder = await readTransformerFolder(path)
  refuseForeignLabels(folder, fields)
  const tokenIds = tokenIdsOf(folder)
  const runtime = await loadRuntime().catch((error: unknown) => {
    throw new TransformerError(
      'onnxruntime-node',
      `could not be loaded (${messageOf(error)})`,
      'Install it with `npm install --no-save --save-prod --ignore-scripts onnxruntime-node`',
    )
  })
  const run = await openModel(runtime, folder, tokenIds)
  log.info(
    {
      version: folder.version,
      maxTokens: folder.maxTokens,
      ...folder.mixing,
      unusedLabels: folder.labels.filter((label) => !fields.includes(label)),
    },
    'the transformer takes part in choosing fields',
  )
  return judgeWith(run, folder, log)
}

function refuseForeignLabels({ path, labels }: TransformerFolder, fields: readonly string[]): void {
  if (labels.filter((label) => fields.includes(label)).length > 1) return
  throw new TransformerError(
    join(path, 'config.json'),
    `has hardly a label that is a field (it has ${labels.slice(0, 5).join(', ')})`,
    `Train the classifier with the fields' ids as labels (${fields.slice(0, 5).join(', ')} …)`,
  )
}

function tokenIdsOf(folder: TransformerFolder): TokenIds {
  try {
    return createTokenIds(folder)
  } catch (error) {
    throw new TransformerError(
      join(folder.path, 'tokenizer.json'),
      `describes no tokeniser that is known (${messageOf(error)})`,
      EXPORT_AGAIN,
    )
  }
}

/** Null where the tokeniser finds nothing in the text. */
type Run = (text: string) => Promise<Float32Array | null>

async function openModel(
  runtime: OnnxRuntime,
  folder: TransformerFolder,
  tokenIds: TokenIds,
): Promise<Run> {
  const { modelPath, labels } = folder
  const foreign = (problem: string) => new TransformerError(modelPath, problem, EXPORT_AGAIN)
  const intraOpNumThreads = Math.max(1, Math.floor(availableParallelism() / AT_ONCE))
  const session = await runtime.InferenceSession.create(modelPath, { intraOpNumThreads }).catch(
    (error: unknown) => {
      throw foreign(`could not be opened (${messageOf(error)})`)
    },
  )
  const unknown = session.inputNames.filter((name) => !(name in INPUTS))
  if (unknown.length > 0) throw foreign(`asks for ${unknown.join(', ')}, which nobody has`)
  if (!session.outputNames.includes(LOGITS)) throw foreign(`has no output named ${LOGITS}`)

  const run: Run = async (text) => {
    const ids = tokenIds(text)
    if (ids.length === 0) return null
    const { [LOGITS]: logits } = await session.run(feedsOf(ids, session, runtime))
    const { data } = logits ?? {}
    if (data instanceof Float32Array && data.length === labels.length) {
      if (data.every(Number.isFinite)) return data
      throw new Error('it answers numbers that are none')
    }
    const answered = `${logits?.type ?? 'nothing'} of ${JSON.stringify(logits?.dims)}`
    throw new Error(`it answers ${answered}, not float32 of [1,${String(labels.length)}]`)
  }
  // As long as texts get: what breaks behind the last position breaks now.
  await run('phản ánh '.repeat(folder.maxTokens)).catch((error: unknown) => {
    throw foreign(`could not read a text (${messageOf(error)})`)
  })
  return run
}

/** What each input says of a token. */
const INPUTS: Readonly<Record<string, (id: number) => bigint>> = {
  input_ids: BigInt,
  attention_mask: () => 1n,
  token_type_ids: () => 0n,
}

function feedsOf(
  ids: readonly number[],
  { inputNames }: OnnxSession,
  { Tensor }: OnnxRuntime,
): Record<string, OnnxTensor> {
  return Object.fromEntries(
    Object.entries(INPUTS)
      .filter(([name]) => inputNames.includes(name))
      .map(([name, of]) => [
        name,
        new Tensor('int64', BigInt64Array.from(ids, of), [1, ids.length]),
      ]),
  )
}

function judgeWith(run: Run, folder: TransformerFolder, log: Logger): SequenceClassifier {
  const { version, labels, mixing } = folder
  const limited = createLimited({ atOnce: AT_ONCE, withinMs: mixing.timeoutMs })
  let isFailing = false

  async function judge(text: string): Promise<Opinion | null> {
    try {
      const logits = await limited(async () => run(text))
      isFailing = false
      if (logits === null) return null
      return {
        version,
        weight: mixing.weight,
        shares: sharesOf(logits, labels, mixing.temperature),
      }
    } catch (error) {
      // A flood of reports during an outage is not to become a flood of logs.
      if (!isFailing)
        log.warn({ err: error }, 'the transformer failed: the linear model reads alone')
      isFailing = true
      return null
    }
  }
  return { version, judge }
}

function sharesOf(
  logits: Float32Array,
  labels: readonly string[],
  temperature: number,
): ReadonlyMap<string, number> {
  const highest = Math.max(...logits)
  const powers = Array.from(logits, (logit) => Math.exp((logit - highest) / temperature))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return new Map(labels.map((label, at) => [label, (powers[at] ?? 0) / total]))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
