import { CommandError } from '../errors.ts'
import { fromPcre } from './pcre.ts'
import { withTimeLimit } from './time-limit.ts'

const compiled = new Map<string, RegExp>()
const maxCompiled = 500
const maxPatternLength = 16_384

/** A MongoDB pattern and its options as a JavaScript regular expression. */
export function compileRegex(pattern: string, options: string): RegExp {
  const key = `${options}/${pattern}`
  const known = compiled.get(key)
  if (known) return known
  const result = translate(pattern, options)
  if (compiled.size >= maxCompiled) compiled.clear()
  compiled.set(key, result)
  return result
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

function translate(pattern: string, options: string): RegExp {
  if (pattern.includes('\0')) {
    throw new CommandError('BadValue', 'Regular expression cannot contain an embedded null byte')
  }
  if (pattern.length > maxPatternLength) {
    throw new CommandError(
      51091,
      'Regular expression is invalid: pattern string is longer than the limit',
    )
  }
  let source = pattern
  let flags = options
  const inline = /^\(\?([imsx]+)\)/.exec(source)
  if (inline) {
    flags += inline[1] ?? ''
    source = source.slice(inline[0].length)
  }
  const unknown = /[^imsxu]/.exec(flags)
  if (unknown) {
    throw new CommandError(51108, `invalid flag in regex options: ${unknown[0]}`)
  }
  if (flags.includes('x')) source = withoutComments(source)
  const kept = [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join('')
  return build(fromPcre(source, kept), kept, mayRunAway(source))
}

function build(source: string, flags: string, isRisky: boolean): RegExp {
  const Pattern = isRisky ? LimitedRegExp : RegExp
  // PCRE works on whole characters; a pattern that only the older syntax accepts still works.
  try {
    return new Pattern(source, `${flags}u`)
  } catch {
    try {
      return new Pattern(source, flags)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CommandError(51091, `Regular expression is invalid: ${reason}`)
    }
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

function withoutComments(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#[^\n]*/gs, (part) =>
    part.startsWith('\\') || part.startsWith('[') ? part : '',
  )
}
