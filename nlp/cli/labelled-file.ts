import { readFileSync } from 'node:fs'
import type { LabelledText } from '../learning/labelled-text.ts'

/** Something the person at the command line can mend. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A file's lines with their labels; bad lines by number. */
export type LabelledFile = {
  readonly examples: LabelledText[]
  readonly badLines: { readonly line: number; readonly reason: string }[]
}

const NEWLINE = 10
const FASTTEXT_PREFIX = '__label__'
const OTHER_LABELS = /^(?:__label__\S+\s+)+/

/** Parses `label<TAB>text` or `__label__x text`, one a line. Empty lines are passed over. */
export function parseLabelled(content: Uint8Array): LabelledFile {
  const examples: LabelledText[] = []
  const badLines: { line: number; reason: string }[] = []
  linesOf(content).forEach((line, index) => {
    if (line?.trim() === '') return
    const parsed = line === null ? 'it is not UTF-8' : parseLine(line)
    if (typeof parsed === 'string') badLines.push({ line: index + 1, reason: parsed })
    else examples.push(parsed)
  })
  return { examples, badLines }
}

/** Reads a labelled file; a bad line stops the work unless `skipBad`, and is named either way. */
export function readLabelled(path: string, skipBad: boolean): LabelledText[] {
  const { examples, badLines } = parseLabelled(readBytes(path))
  for (const { line, reason } of badLines.slice(0, 20)) {
    process.stderr.write(`${path}:${String(line)}: ${reason}\n`)
  }
  if (badLines.length > 0 && !skipBad) {
    throw new UsageError(
      `${String(badLines.length)} bad line(s) in ${path}; mend them, or pass --skip-bad to leave them out.`,
    )
  }
  if (examples.length === 0) throw new UsageError(`${path} has no labelled text.`)
  return examples
}

/** Reads a file of texts, one a line; letters that are not UTF-8 become replacement characters. */
export function readTexts(path: string): string[] {
  const lines = new TextDecoder().decode(readBytes(path)).split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/**
 * The same for a model with these labels: where the file is a labelled one, the labels are left out, so
 * that nobody reads the answer as part of the text.
 */
export function readTextsToJudge(path: string, labels: ReadonlySet<string>): string[] {
  const lines = readTexts(path)
  const told = lines.flatMap((line) => (line.trim() === '' ? [] : [parseLine(line)]))
  const parsed = told.filter((each) => typeof each !== 'string')
  if (told.length === 0 || parsed.length < told.length) return lines
  const isKnown = parsed.some(({ label }) => labels.has(label))
  const isFastText = lines.some((line) => line.startsWith(FASTTEXT_PREFIX))
  if (!isKnown && !isFastText) return lines
  return lines.map((line) => {
    const each = parseLine(line)
    return typeof each === 'string' ? line : each.text
  })
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${error instanceof Error ? error.message : ''}`)
  }
}

function parseLine(line: string): LabelledText | string {
  if (line.startsWith(FASTTEXT_PREFIX)) {
    const end = line.search(/\s/)
    const label = line.slice(FASTTEXT_PREFIX.length, end < 0 ? undefined : end)
    if (label === '') return 'the label after __label__ is empty'
    if (end < 0) return 'there is no text after the label'
    // One decision has one label, the first; another left in the text would give it away.
    return { label, text: line.slice(end + 1).replace(OTHER_LABELS, '') }
  }
  const tab = line.indexOf('\t')
  if (tab < 0) return 'expected label<TAB>text or __label__x text'
  const label = line.slice(0, tab).trim()
  return label === '' ? 'the label is empty' : { label, text: line.slice(tab + 1) }
}

/** The lines of a file; null where one is not UTF-8. */
function linesOf(content: Uint8Array): (string | null)[] {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const lines: (string | null)[] = []
  let start = 0
  while (start < content.length) {
    const newline = content.indexOf(NEWLINE, start)
    const end = newline < 0 ? content.length : newline
    lines.push(decodeLine(decoder, content.subarray(start, end)))
    start = end + 1
  }
  return lines
}

function decodeLine(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes).replace(/\r$/, '')
  } catch {
    return null
  }
}
