import { parseArgs } from 'node:util'
import { ModelFileError } from '../learning/model-file.ts'
import { COMMANDS } from './commands.ts'
import { UsageError } from './labelled-file.ts'
import { StoppedError } from './train-command.ts'

const USAGE = `Usage: npm run nlp -- <command> [options]

  train       --input FILE.tsv [--dev FILE.tsv] --model FILE [--seed N] [--skip-bad]
  eval        --input FILE.tsv --model FILE [--json] [--skip-bad]
  predict     --input TEXTS --model FILE [--output FILE.jsonl]
  compare     A.bin B.bin --input FILE.tsv [--json] [--skip-bad]
  explain     --input TEXTS [--model FILE] [--output FILE.jsonl]
  understand  --input TEXTS [--output FILE.jsonl]
  likeness    --input PAIRS.tsv [--output FILE.jsonl]
  parts       [--json]

Labelled files have label<TAB>text or __label__x text, one a line, in UTF-8.
Pairs are text<TAB>text, a pair a line; with 1 or 0 and a tab before them, the area under the curve is told.
`

const FOR_THE_PERSON = [UsageError, ModelFileError, StoppedError]

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        dev: { type: 'string' },
        model: { type: 'string' },
        output: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        'skip-bad': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const [name = '', ...rest] = positionals
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (values.help || !command) {
      process[values.help ? 'stdout' : 'stderr'].write(USAGE)
      return values.help ? 0 : 2
    }
    await command({ ...values, skipBad: values['skip-bad'], positionals: rest })
    return 0
  } catch (error) {
    if (!isForThePerson(error)) throw error
    process.stderr.write(`${error.message}\n`)
    if (error instanceof StoppedError) return error.exitCode
    return error instanceof TypeError ? 2 : 1
  }
}

/** Mistakes in the call or the files, and not in this program. */
function isForThePerson(error: unknown): error is Error {
  const isBadOption =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return FOR_THE_PERSON.some((kind) => error instanceof kind) || isBadOption
}
