import { CommandError } from '../errors.ts'
import { remembering } from '../remember.ts'
import { invalidRegex } from './pcre-characters.ts'
import { fromPcre } from './pcre.ts'
import { withTimeLimit } from './time-limit.ts'

/** A compiled pattern; `captures` are the numbers that the pattern's own captures have in it. */
export interface CompiledRegex extends RegExp {
  readonly captures: readonly number[]
}

const compiled = remembering<CompiledRegex>(500)
const maxPatternLength = 32_764

/** A MongoDB pattern and its options as a JavaScript regular expression. */
export function compileRegex(pattern: string, options: string): CompiledRegex {
  return compiled(`${options}/${pattern}`, () => translate(pattern, options))
}

/** The text that every match of a pattern begins with, or null when nothing is certain. */
export function literalPrefix(pattern: string, options: string): string | null {
  if (options !== '' || !pattern.startsWith('^') || pattern.includes('|')) return null
  let prefix = ''
  for (let i = 1; i < pattern.length; i++) {
    const char = pattern[i] ?? ''
    const next = pattern[i + 1] ?? ''
    if (char === '\\') {
      if (!/[^\w\s]/.test(next)) return prefix
      const quantifier = pattern[i + 2] ?? ''
      if (/[*?{]/.test(quantifier)) return prefix
      prefix += next
      i++
    } else if (/[.^$*+?()[\]{}]/.test(char) || /[*?{]/.test(next)) {
      return prefix
    } else {
      prefix += char
    }
  }
  return prefix
}

function translate(pattern: string, options: string): CompiledRegex {
  if (pattern.includes('\0')) {
    throw new CommandError('BadValue', 'Regular expression cannot contain an embedded null byte')
  }
  if (pattern.length > maxPatternLength) {
    throw invalidRegex('pattern string is longer than the limit set by the application')
  }
  const unknown = /[^imsxu]/.exec(options)
  if (unknown) throw new CommandError(51108, `invalid flag in regex options: ${unknown[0]}`)
  const { source, flags, captures } = fromPcre(pattern, options)
  const Pattern = mayRunAway(pattern) ? LimitedRegExp : RegExp
  try {
    return Object.assign(new Pattern(source, flags), { captures })
  } catch (error) {
    throw invalidRegex(error instanceof Error ? error.message : String(error))
  }
}

/** True when matching could take much longer than reading the text: several or nested repetitions. */
function mayRunAway(source: string): boolean {
  const repetitions =
    source.replace(/\\.|\[(?:\\.|[^\]])*\]/gs, 'x').match(/[*+]|\{\d*,\d*\}/g) ?? []
  return repetitions.length > 2 || /\)[*+{]/.test(source)
}

/** A pattern that gives up, and with it the command, rather than stop every other client. */
class LimitedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    return withTimeLimit(() => super.exec(text))
  }
}
