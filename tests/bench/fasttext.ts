import { getFastTextModule } from 'fasttext.wasm.js'
import type { Example } from './nlp-corpus.ts'

/** Its own default size; the rates are those its own examples use. */
const SETTINGS = {
  dim: 100,
  epoch: 25,
  lr: 0.5,
  wordNgrams: 2,
  bucket: 500_000,
  minCount: 1,
  thread: 1,
  verbose: 0,
} as const
/** What it looks at: words and pairs alone, or the pieces of words too, as ours does. */
export type FastTextView = 'words' | 'words and characters'
const PIECES = {
  words: { minn: 0, maxn: 0 },
  'words and characters': { minn: 2, maxn: 5 },
} as const satisfies Record<FastTextView, object>

const FILE = '/train.txt'
const LABEL = '__label__'

/** Trains fastText (its own C++, as WebAssembly) on the examples; answers what classifies with it. */
export async function trainFastText(
  examples: readonly Example[],
  view: FastTextView,
): Promise<(text: string) => string> {
  const quiet = { print: () => undefined, printErr: () => undefined }
  const { Args, FastText, FS, LossName, ModelName } = await getFastTextModule(quiet)
  const lines = examples.map(({ field, text }) => `${LABEL}${field} ${asWords(text)}\n`)
  FS.writeFile(FILE, lines.join(''))
  const model = ModelName.supervised
  const settings = Object.assign(new Args(), SETTINGS, PIECES[view], {
    input: FILE,
    model,
    loss: LossName.softmax,
  })
  const machine = new FastText()
  // It asks for somebody to tell how far it is.
  machine.train(settings, () => undefined)
  return (text) => {
    const found = machine.predict(`${asWords(text)}\n`, 1, 0)
    const label = found.size() > 0 ? found.get(0)[1].slice(LABEL.length) : ''
    found.delete()
    return label
  }
}

/** fastText splits at spaces alone. */
function asWords(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
}
