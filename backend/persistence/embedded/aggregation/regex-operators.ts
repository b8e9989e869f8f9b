import { BSONRegExp } from 'bson'
import { CommandError } from '../errors.ts'
import { doc, isDoc, type Value } from '../bson/values.ts'
import { compileRegex, type CompiledRegex } from '../query/regex.ts'
import { isNil } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** `$regexMatch`, `$regexFind` and `$regexFindAll`. */
export const regexOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    '$regexMatch',
    ([spec]) => {
      const { input, regex } = operandsOf('$regexMatch', spec)
      return input !== null && regex !== null && regex.test(input)
    },
  ],
  [
    '$regexFind',
    ([spec]) => {
      const { input, regex } = operandsOf('$regexFind', spec)
      const match = input === null || regex === null ? null : regex.exec(input)
      return match && regex ? found(match, regex) : null
    },
  ],
  [
    '$regexFindAll',
    ([spec]) => {
      const { input, regex } = operandsOf('$regexFindAll', spec)
      if (input === null || regex === null) return []
      const everywhere = new (regex.constructor as RegExpConstructor)(
        regex.source,
        `${regex.flags}g`,
      )
      return [...input.matchAll(everywhere)].map((match) => found(match, regex))
    },
  ],
])

function found(match: RegExpExecArray, regex: CompiledRegex): Value {
  return doc({
    match: match[0],
    idx: [...match.input.slice(0, match.index)].length,
    captures: regex.captures.map((number) => match[number] ?? null),
  })
}

function operandsOf(
  name: string,
  spec: Value,
): { input: string | null; regex: CompiledRegex | null } {
  const [input, pattern, options] = ['input', 'regex', 'options'].map((field) =>
    isDoc(spec) ? (spec.get(field) ?? null) : null,
  )
  if (!isNil(input) && typeof input !== 'string')
    throw new CommandError(51104, `${name} needs 'input' to be of type string`)
  if (!isNil(pattern) && typeof pattern !== 'string' && !(pattern instanceof BSONRegExp))
    throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex`)
  if (!isNil(options) && typeof options !== 'string')
    throw new CommandError(51106, `${name} needs 'options' to be of type string`)
  const own = pattern instanceof BSONRegExp ? pattern.options : ''
  if (!isNil(options) && own !== '') {
    throw new CommandError(
      51107,
      `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
    )
  }
  const flags = options ?? own
  const source = pattern instanceof BSONRegExp ? pattern.pattern : pattern
  checkText(name, source ?? '', flags)
  return { input: input ?? null, regex: isNil(source) ? null : compiled(name, source, flags) }
}

function checkText(name: string, source: string, flags: string): void {
  if (source.includes('\0')) {
    throw new CommandError(
      51109,
      `${name}: regular expression cannot contain an embedded null byte`,
    )
  }
  if (flags.includes('\0')) {
    throw new CommandError(
      51110,
      `${name}: regular expression options cannot contain an embedded null byte`,
    )
  }
  const unknown = /[^imsxu]/.exec(flags)?.[0]
  if (unknown !== undefined)
    throw new CommandError(51108, `${name} invalid flag in regex options: ${unknown}`)
}

function compiled(name: string, source: string, flags: string): CompiledRegex {
  try {
    return compileRegex(source, flags)
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 51091) throw error
    const reason = error.message.replace('Regular expression is invalid: ', '')
    throw new CommandError(51111, `Invalid Regex in ${name}: ${reason}`)
  }
}
