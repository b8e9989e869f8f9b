import { writeFileSync } from 'node:fs'
import { UsageError } from './labelled-file.ts'

/** Writes one JSON value a line, into a file or on stdout; refuses a file that cannot be written. */
export function writeAnswers(output: string | undefined, answers: readonly unknown[]): void {
  const content = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')
  if (output === undefined) {
    process.stdout.write(content)
    return
  }
  try {
    writeFileSync(output, content)
  } catch (error) {
    throw new UsageError(`Cannot write ${output}: ${error instanceof Error ? error.message : ''}`)
  }
}
