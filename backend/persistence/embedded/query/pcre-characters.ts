import { CommandError } from '../errors.ts'

/** Refuses a pattern as mongod does. */
export function invalidRegex(reason: string): CommandError {
  return new CommandError(51091, `Regular expression is invalid: ${reason}`)
}

// A map and not an object: a client's word such as "constructor" is in every object.
const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a-zA-Z'],
  ['digit', '0-9'],
  ['alnum', 'a-zA-Z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', '\\t-\\r '],
  ['blank', '\\t '],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['xdigit', '0-9a-fA-F'],
  ['word', '\\w'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['print', ' -~'],
  ['graph', '!-~'],
  ['ascii', '\\x00-\\x7f'],
])

// PCRE counts only ASCII as blank and knows classes for one direction of it.
const blank = '\\t-\\r '
const vertical = '\\n-\\r\\x85\\u2028\\u2029'
const horizontal = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'
const classes: ReadonlyMap<string, string> = new Map([
  ['d', '\\d'],
  ['D', '\\D'],
  ['w', '\\w'],
  ['W', '\\W'],
  ['s', blank],
  ['h', horizontal],
  ['v', vertical],
])

const assertions: ReadonlyMap<string, string> = new Map([
  ['A', '^'],
  ['z', '$'],
  ['Z', '(?=\\n?$)'],
  ['b', '\\b'],
  ['B', '\\B'],
])

const controls: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** What a backslash and what follows it mean: one character, or a piece of a pattern. */
interface Escape {
  readonly end: number
  readonly char?: string
  readonly source: string
  readonly isAssertion?: boolean
}

/** Reads the escape at a place of a pattern. */
export function readEscape(pattern: string, at: number): Escape {
  const letter = String.fromCodePoint(pattern.codePointAt(at + 1) ?? 0)
  if (at + 1 >= pattern.length) throw invalidRegex('\\ at end of pattern')
  const end = at + 1 + letter.length
  const assertion = assertions.get(letter)
  if (assertion !== undefined) return { end, source: assertion, isAssertion: true }
  const known = classes.get(letter)
  if (known !== undefined) return { end, source: known.length > 2 ? `[${known}]` : known }
  const negated = /[SHV]/.test(letter) ? classes.get(letter.toLowerCase()) : undefined
  if (negated !== undefined) return { end, source: `[^${negated}]` }
  if (letter === 'R') return { end, source: `(?:\\r\\n|[${vertical}])` }
  if (letter === 'N') return { end, source: '[^\\n]' }
  const property = /\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/y
  property.lastIndex = at
  const [whole, kind, inverse, name, short] = property.exec(pattern) ?? []
  if (whole !== undefined) {
    const isNegated = (kind === 'P') !== (inverse === '^')
    return { end: at + whole.length, source: propertyOf(isNegated, name ?? short ?? '') }
  }
  return { ...readCharacter(pattern, at, letter, end), source: '' }
}

function propertyOf(isNegated: boolean, name: string): string {
  const letter = isNegated ? 'P' : 'p'
  for (const property of [name, `Script=${name}`]) {
    const source = `\\${letter}{${property}}`
    if (isPattern(source)) return source
  }
  throw invalidRegex('unknown property after \\P or \\p')
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u').source !== ''
  } catch {
    return false
  }
}

function readCharacter(
  pattern: string,
  at: number,
  letter: string,
  end: number,
): { end: number; char: string } {
  const control = controls.get(letter)
  if (control !== undefined) return { end, char: control }
  const coded = /\\(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{0,2})|o\{([0-7]+)\}|([0-7]{1,3})|c([ -~]))/y
  coded.lastIndex = at
  const match = coded.exec(pattern)
  if (match) {
    const [whole, long, short, octal, digits, key] = match
    const code =
      key === undefined
        ? (long ?? short ?? '') === '' && octal === undefined && digits === undefined
          ? 0
          : parseInt(long ?? short ?? octal ?? digits ?? '0', (long ?? short) ? 16 : 8)
        : (key.toUpperCase().codePointAt(0) ?? 0) ^ 64
    if (code > 0x10ffff)
      throw invalidRegex('character code point value in \\x{} or \\o{} is too large')
    return { end: at + whole.length, char: String.fromCodePoint(code) }
  }
  if (/[A-Za-z0-9]/.test(letter)) {
    throw invalidRegex(
      /[CGKX]/.test(letter)
        ? `\\${letter} is not supported by the embedded database`
        : 'unrecognized character follows \\',
    )
  }
  return { end, char: letter }
}

/** A character as it stands for itself in a pattern or a set. */
export function escaped(char: string): string {
  return char === '\n'
    ? '\\n'
    : char.replace(/[$()*+\-./?[\\\]^{|}]/g, (each) => (each === '-' ? '\\x2d' : `\\${each}`))
}

/** A character in small and in capitals. */
export function caseVariants(char: string): string[] {
  const cases = [char, char.toLowerCase(), char.toUpperCase()]
  return [...new Set(cases.filter((each) => [...each].length === 1))]
}

/** Reads a set in brackets; `spellsCases` adds the other case of every member. */
export function readSet(
  pattern: string,
  from: number,
  spellsCases: boolean,
): { source: string; end: number } {
  let at = from + 1
  const isNegated = pattern[at] === '^'
  if (isNegated) at += 1
  let members = ''
  const first = at
  while (at === first || pattern[at] !== ']') {
    if (at >= pattern.length) throw invalidRegex('missing terminating ] for character class')
    const low = readMember(pattern, at)
    at = low.end
    const dash = pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']'
    if (low.char === undefined || !dash) {
      members += low.char === undefined ? low.source : membersOf(low.char, low.char, spellsCases)
      continue
    }
    const high = readMember(pattern, at + 1)
    at = high.end
    if (high.char === undefined) members += `${escaped(low.char)}\\-${high.source}`
    else members += membersOf(low.char, high.char, spellsCases)
  }
  return { source: `[${isNegated ? '^' : ''}${members}]`, end: at + 1 }
}

interface Member {
  readonly end: number
  readonly char?: string
  readonly source: string
}

function readMember(pattern: string, at: number): Member {
  const posix = /\[:(\^?)(\w+):\]/y
  posix.lastIndex = at
  const [whole, inverse, name] = posix.exec(pattern) ?? []
  if (whole !== undefined) {
    const source = posixClasses.get(name ?? '')
    if (source === undefined) throw invalidRegex('unknown POSIX class name')
    return { end: at + whole.length, source: inverse === '^' ? complement(source) : source }
  }
  if (pattern[at] !== '\\') {
    const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
    return { end: at + char.length, char, source: '' }
  }
  const letter = pattern[at + 1] ?? ''
  if (letter === 'b') return { end: at + 2, char: '\b', source: '' }
  if (/[SHV]/.test(letter))
    return { end: at + 2, source: complement(classes.get(letter.toLowerCase()) ?? '') }
  if (/[ABGKNRXZz]/.test(letter))
    throw invalidRegex('escape sequence is invalid in character class')
  const read = readEscape(pattern, at)
  return { ...read, source: read.source.replace(/^\[(.*)\]$/s, '$1') }
}

const complements = new Map<string, string>()

// Inside a set there is no negation: what a class leaves out is written as ranges.
function complement(source: string): string {
  const known = complements.get(source)
  if (known !== undefined) return known
  const inside = new RegExp(`[${source}]`, 'u')
  const hex = (code: number): string => `\\u{${code.toString(16)}}`
  let result = ''
  let start = 0
  // The classes have no member above the ideographic space.
  for (let code = 0; code <= 0x3001; code++) {
    if (!inside.test(String.fromCodePoint(code))) continue
    if (code > start) result += `${hex(start)}-${hex(code - 1)}`
    start = code + 1
  }
  result += `${hex(start)}-\\u{10ffff}`
  complements.set(source, result)
  return result
}

const maxSpelt = 3_000

function membersOf(low: string, high: string, spellsCases: boolean): string {
  const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0]
  if (to < from) throw invalidRegex('range out of order in character class')
  const range = from === to ? escaped(low) : `${escaped(low)}-${escaped(high)}`
  if (!spellsCases || to - from > maxSpelt) return range
  const others = Array.from({ length: to - from + 1 }, (_, i) =>
    caseVariants(String.fromCodePoint(from + i))
      .slice(1)
      .map(escaped)
      .join(''),
  )
  return range + others.join('')
}
