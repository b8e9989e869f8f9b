import { Tokenizer } from '@huggingface/tokenizers'

/** Token ids of a text, with those that frame it, at most as many as the model reads. */
export type TokenIds = (text: string) => readonly number[]

/** Tokens hold fewer characters than this, so no more of a text is looked at. */
const CHARACTERS_PER_TOKEN = 16
/** A word in no vocabulary. */
const UNKNOWN_WORD = '\u{10FFFD}'

/** The tokeniser of a folder. Throws where tokenizer.json describes none that is known. */
export function createTokenIds(files: {
  readonly tokenizer: object
  readonly tokenizerConfig: object
  readonly maxTokens: number
}): TokenIds {
  const { maxTokens } = files
  const tokenizer = new Tokenizer(splitLikeTraining(files.tokenizer), files.tokenizerConfig)
  const frame = tokenizer.encode('').ids
  if (!tokenizer.encode(UNKNOWN_WORD).ids.every(Number.isInteger)) {
    throw new Error('it has no token for unknown words')
  }
  return (text) => {
    // Vocabularies are of composed letters, whichever way a keyboard sends them.
    const read = text.slice(0, maxTokens * CHARACTERS_PER_TOKEN).normalize('NFC')
    const { ids } = tokenizer.encode(read)
    if (ids.length <= maxTokens) return ids
    const end = commonEnd(ids, frame)
    return [...ids.slice(0, maxTokens - end.length), ...end]
  }
}

/** What closes every text, such as [SEP]. */
function commonEnd(ids: readonly number[], frame: readonly number[]): readonly number[] {
  let count = 0
  while (count < frame.length && ids.at(-1 - count) === frame.at(-1 - count)) count++
  return frame.slice(frame.length - count)
}

const WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`
const UNICODE_WORDS = {
  type: 'Split',
  pattern: { Regex: String.raw`[${WORD}]+|[^${WORD}\s]+` },
  behavior: 'Removed',
  invert: true,
}

type PreTokenizer = { readonly type?: unknown; readonly pretokenizers?: readonly PreTokenizer[] }

/**
 * "Whitespace" splits at what is no letter of any script, but the library knows ASCII letters only
 * and would tear "rác" apart: the same rule, spelt out.
 */
function splitLikeTraining(tokenizer: object): object {
  const { pre_tokenizer } = tokenizer as { pre_tokenizer?: PreTokenizer | null }
  return pre_tokenizer ? { ...tokenizer, pre_tokenizer: spellOut(pre_tokenizer) } : tokenizer
}

function spellOut(step: PreTokenizer): PreTokenizer {
  if (step.type === 'Whitespace') return UNICODE_WORDS
  return step.pretokenizers ? { ...step, pretokenizers: step.pretokenizers.map(spellOut) } : step
}
