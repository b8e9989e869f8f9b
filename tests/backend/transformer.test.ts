import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, InferenceSession, Tensor } from 'onnxruntime-web'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTransformer } from '#backend/transformer/open-transformer'
import type { OnnxRuntime, OnnxSession } from '#backend/transformer/runtime'
import type { CaseView } from '#contracts/cases'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'
import { type TinyTransformer, writeTinyTransformer } from '../support/tiny-transformer.ts'

// The same runtime without a native part; one thread, so that no worker outlives a test.
env.wasm.numThreads = 1
const runtime: OnnxRuntime = { InferenceSession, Tensor }
const loadOnnxRuntime = async (): Promise<OnnxRuntime> => Promise.resolve(runtime)

const FIELDS = ['traffic', 'urban', 'environment']
const TINY: TinyTransformer = {
  labels: ['traffic', 'environment', 'sport', 'urban'],
  votes: { xe: 'traffic', rác: 'environment', bóng: 'sport' },
}
/** The linear model says urban, and traffic next. */
const LIGHT = 'Đèn đường trước nhà bị hỏng cả tuần nay'
/** The linear model is sure of telecom_it, which the tiny model does not know. */
const NETWORK = 'Sóng điện thoại yếu, mạng internet hay mất, xe xe xe xe xe xe'

let folder: string
type Line = { readonly msg: string }

let lines: Line[]
const log = pino(
  { level: 'info' },
  { write: (line: string) => lines.push(JSON.parse(line) as Line) },
)

beforeEach(async () => {
  lines = []
  folder = await mkdtemp(join(tmpdir(), 'hoiam-transformer-'))
  return async () => rm(folder, { recursive: true, force: true })
})

const write = async (tiny: Partial<TinyTransformer> = {}) =>
  writeTinyTransformer(folder, { ...TINY, ...tiny })
const open = async (loadRuntime = loadOnnxRuntime) =>
  openTransformer({ folder, log, loadRuntime }, FIELDS)

describe('a backend with TRANSFORMER_DIR', () => {
  let server: TestServer
  let agent: Record<string, string>
  let home: string

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'hoiam-transformer-'))
    await writeTinyTransformer(home, { ...TINY, mixing: { weight: 0.7 } })
    server = await startTestServer({ TRANSFORMER_DIR: home }, undefined, { loadOnnxRuntime })
    agent = (await signInAs(server, 'agent')).headers
  })
  afterAll(async () => {
    expect(server.unexpected).toEqual([])
    await server.end()
    await rm(home, { recursive: true, force: true })
  })

  async function taken(text: string): Promise<CaseView> {
    const { code } = await sendReport(server, { text, fieldId: undefined })
    return (await request(server, 'GET', `/api/cases/${code}`, { headers: agent })).body as CaseView
  }

  test('chooses the field by both models, and the decision names both', async () => {
    const asBefore = await taken(LIGHT)
    expect(asBefore.field).toBe('urban')
    const moved = await taken(`${LIGHT}, xe xe xe xe`)
    expect(moved.field).toBe('traffic')
    expect(moved.alternatives.map(({ field }) => field)).toContain('urban')
    expect(moved.modelVersion).toMatch(/^[0-9a-f]{16}\+[0-9a-f]{12}$/)
    expect(moved.modelVersion).toBe(asBefore.modelVersion)
  })

  test('leaves fields that the transformer does not know to the linear model', async () => {
    const { field, alternatives, confidence } = await taken(NETWORK)
    expect(field).toBe('telecom_it')
    expect(alternatives.find((each) => FIELDS.includes(each.field))?.field).toBe('traffic')
    const total = alternatives.reduce((sum, each) => sum + each.confidence, confidence)
    expect(total).toBeLessThanOrEqual(1 + 1e-9)
  })

  test('reads everywhere the same: preview, similar answers', async () => {
    const text = `${LIGHT}, xe xe xe xe`
    const preview = await request(server, 'POST', '/api/reports/preview', { body: { text } })
    expect(preview.body).toMatchObject({ field: 'traffic' })
    const similar = await request(server, 'POST', '/api/similar-answers', {
      headers: agent,
      body: { text },
    })
    expect(similar.status).toBe(200)
  })
})

describe('an opinion', () => {
  const shareOf = async (text: string, label: string) =>
    (await (await open()).judge(text))?.shares.get(label)

  test('is a distribution over the labels of the folder', async () => {
    await write()
    const opinion = await (await open()).judge('rác đổ ra đường')
    expect(opinion?.weight).toBe(0.5)
    expect([...(opinion?.shares.keys() ?? [])]).toEqual(TINY.labels)
    const shares = [...(opinion?.shares.values() ?? [])]
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1)
    expect(opinion?.shares.get('environment')).toBeGreaterThan(0.9)
  })

  test('is the same of composed and decomposed letters', async () => {
    await write()
    const transformer = await open()
    const composed = await transformer.judge('rác đổ ra đường')
    const decomposed = await transformer.judge('rác đổ ra đường'.normalize('NFD'))
    expect(decomposed).toEqual(composed)
  })

  test('is less sure at a higher temperature', async () => {
    await write({ mixing: { temperature: 1 } })
    const sharp = (await shareOf('rác đổ ra đường', 'environment')) ?? 0
    await write({ mixing: { temperature: 10 } })
    const mild = (await shareOf('rác đổ ra đường', 'environment')) ?? 1
    expect(mild).toBeLessThan(sharp)
    expect(mild).toBeGreaterThan(0.25)
  })

  test('comes of the beginning where a text is longer than the model reads', async () => {
    await write({ maxTokens: 8 })
    const transformer = await open()
    const short = await transformer.judge('rác rác rác rác xe xe')
    const long = await transformer.judge(`rác rác rác rác xe xe ${'bóng '.repeat(5000)}`)
    expect(long?.shares).toEqual(short?.shares)
  })

  test('has another version with other weights or settings, and the same with the same', async () => {
    await write()
    const { version } = await open()
    expect((await open()).version).toBe(version)
    await write({ mixing: { weight: 0.6 } })
    expect((await open()).version).not.toBe(version)
    await write({ votes: { xe: 'urban' } })
    expect((await open()).version).not.toBe(version)
  })
})

describe('a model that fails', () => {
  const WARNING = 'the transformer failed: the linear model reads alone'
  const warnings = () => lines.filter(({ msg }) => msg === WARNING)

  /** A runtime whose sessions run as `how` says once they have been tried. */
  function afterTrial(
    how: (run: () => ReturnType<OnnxSession['run']>) => ReturnType<OnnxSession['run']>,
  ) {
    return async (): Promise<OnnxRuntime> =>
      Promise.resolve({
        Tensor,
        InferenceSession: {
          async create(path, options) {
            const session: OnnxSession = await InferenceSession.create(path, options)
            const { inputNames, outputNames } = session
            let runs = 0
            return {
              inputNames,
              outputNames,
              run: async (feeds) => {
                const run = async () => session.run(feeds)
                return runs++ === 0 ? run() : how(run)
              },
            }
          },
        },
      })
  }

  test('has no opinion, is logged once, and is heard again when it works', async () => {
    await write()
    let isBroken = true
    const transformer = await open(
      afterTrial(async (run) => {
        if (isBroken) throw new Error('out of memory')
        return run()
      }),
    )
    expect(await transformer.judge('rác')).toBeNull()
    expect(await transformer.judge('rác')).toBeNull()
    expect(warnings()).toHaveLength(1)
    isBroken = false
    expect((await transformer.judge('rác'))?.version).toBe(transformer.version)
  })

  test('is not waited for, and what hangs is not asked for more', async () => {
    await write({ mixing: { timeoutMs: 20 } })
    let asked = 0
    const transformer = await open(
      afterTrial(async () => {
        asked++
        return new Promise(() => undefined)
      }),
    )
    const texts = Array.from({ length: 5 }, (_, at) => `rác ${String(at)}`)
    const opinions = await Promise.all(texts.map(async (text) => transformer.judge(text)))
    expect(opinions).toEqual([null, null, null, null, null])
    expect(await transformer.judge('rác')).toBeNull()
    expect(asked).toBe(2)
    expect(warnings()).toHaveLength(1)
  })

  test('works on few texts at once; the others wait their turn', async () => {
    await write({ mixing: { timeoutMs: 10_000 } })
    let atOnce = 0
    let most = 0
    const transformer = await open(
      afterTrial(async (run) => {
        most = Math.max(most, ++atOnce)
        const answer = await run()
        await new Promise((resolve) => setTimeout(resolve, 2))
        atOnce--
        return answer
      }),
    )
    const opinions = await Promise.all(
      Array.from({ length: 7 }, async () => transformer.judge('rác')),
    )
    expect(opinions).not.toContain(null)
    expect(most).toBe(2)
  })
})

describe('a folder is refused, with the file and what to do,', () => {
  const broken: readonly [what: string, damage: () => Promise<unknown>, says: string[]][] = [
    [
      'that is not there',
      async () => rm(folder, { recursive: true }),
      ['config.json', 'is missing'],
    ],
    [
      'without a tokeniser',
      async () => rm(join(folder, 'tokenizer.json')),
      ['tokenizer.json', 'is missing'],
    ],
    ['without weights', async () => rm(join(folder, 'model.onnx')), ['model.onnx', 'is missing']],
    [
      'whose configuration is no JSON',
      async () => put('config.json', '{'),
      ['config.json', 'not JSON'],
    ],
    ['without labels', async () => put('config.json', '{}'), ['config.json', 'id2label']],
    [
      'whose labels leave a number out',
      async () => put('config.json', '{"id2label":{"0":"traffic","2":"urban"}}'),
      ['config.json', 'id2label'],
    ],
    [
      'with labels of something else',
      async () => write({ labels: ['POSITIVE', 'NEGATIVE'], votes: {} }),
      ['config.json', 'POSITIVE', 'traffic'],
    ],
    [
      'with an unknown setting',
      async () => put('hoi-am.json', '{"wieght":1}'),
      ['hoi-am.json', 'wieght'],
    ],
    [
      'with an impossible setting',
      async () => put('hoi-am.json', '{"weight":7}'),
      ['hoi-am.json', 'weight'],
    ],
    [
      'with an unknown kind of tokeniser',
      async () => put('tokenizer.json', '{"model":{"type":"Abacus"},"added_tokens":[]}'),
      ['tokenizer.json', 'tokeniser'],
    ],
    [
      'whose tokeniser knows no unknown words',
      async () => put('tokenizer.json', await withoutUnknownWords()),
      ['tokenizer.json', 'unknown words'],
    ],
    [
      'whose weights are damaged',
      async () => put('model.onnx', 'not a model'),
      ['model.onnx', 'opened'],
    ],
    [
      'whose model answers something else',
      async () => write({ output: 'vector' }),
      ['model.onnx', 'logits'],
    ],
    [
      'whose model has another number of labels',
      async () => put('config.json', '{"id2label":{"0":"traffic","1":"urban"}}'),
      ['model.onnx', '[1,2]'],
    ],
  ]
  const withoutUnknownWords = async () =>
    (await readFile(join(folder, 'tokenizer.json'), 'utf8')).replace(
      '"unk_token":"[UNK]"',
      '"unk_token":"[NIL]"',
    )
  const put = async (name: string, content: string) => writeFile(join(folder, name), content)

  test.each(broken)('%s', async (_what, damage, says) => {
    await write()
    await damage()
    const message = await open().then(
      () => '',
      (error: unknown) => (error as Error).message,
    )
    for (const part of ['TRANSFORMER_DIR', folder, 'unset TRANSFORMER_DIR', ...says]) {
      expect(message).toContain(part)
    }
  })

  test('and the backend does not start', async () => {
    await write()
    await rm(join(folder, 'model.onnx'))
    const start = startTestServer({ TRANSFORMER_DIR: folder }, undefined, { loadOnnxRuntime })
    await expect(start).rejects.toThrow('model.onnx is missing')
  })
})

const isInstalled = (() => {
  try {
    return createRequire(import.meta.url).resolve('onnxruntime-node') !== ''
  } catch {
    return false
  }
})()

describe('onnxruntime-node', () => {
  test.skipIf(isInstalled)('is asked for by name where it is not installed', async () => {
    await write()
    await expect(openTransformer({ folder, log }, FIELDS)).rejects.toThrow(
      /onnxruntime-node could not be loaded.*npm install/,
    )
  })

  test.runIf(isInstalled)('runs the model (skipped: install onnxruntime-node to try)', async () => {
    await write()
    const transformer = await openTransformer({ folder, log }, FIELDS)
    const shares = (await transformer.judge('rác'))?.shares
    expect(shares?.get('environment')).toBeGreaterThan(0.9)
  })
})
