import { caseVariants, escaped, invalidRegex, readEscape, readSet } from './pcre-characters.ts'

/** The options of a pattern that are in force at one place of it. */
type Options = Readonly<Record<'i' | 'm' | 's' | 'x', boolean>>

/** A piece of the result: text, the opening of a capture, or a reference; 0 is one of our own. */
type Piece = string | { readonly capture: number } | { readonly reference: number }

interface OpenGroup {
  readonly start: number
  /** The options in force again after the group. */
  readonly outside: Options
  readonly kind: 'group' | 'lookaround' | 'atomic'
}

/** How far a pattern has been read, and what it has become. */
interface Walk {
  readonly pattern: string
  readonly spellsCases: boolean
  at: number
  options: Options
  readonly pieces: Piece[]
  readonly open: OpenGroup[]
  captures: number
  readonly names: Map<string, number>
  /** Where the last thing that can be repeated begins among the pieces. */
  atom: { readonly start: number; readonly isAssertion: boolean } | null
}

/** A pattern for JavaScript, and which of its captures stand in the pattern it was made from. */
export interface Translated {
  readonly source: string
  readonly flags: string
  /** The number in the result of each capture of the original. */
  readonly captures: readonly number[]
}

/**
 * A pattern in the syntax of PCRE, which MongoDB uses, in JavaScript's with the `u` flag.
 * Atomic groups and possessive repetitions become a lookahead and a reference to what it took;
 * options that begin inside the pattern are spelt out for each character.
 */
export function fromPcre(pattern: string, flags: string): Translated {
  const has = (option: string): boolean => flags.includes(option)
  const leading = /^(?:\(\?[imsx]+\))*/.exec(pattern)?.[0] ?? ''
  const changesCase = /\(\?(?:[imsx]*i|\^|[imsx]*-[imsx]*i)[imsx-]*[:)]/.test(
    pattern.slice(leading.length),
  )
  const isFolded = has('i') || leading.includes('i')
  const walk: Walk = {
    pattern,
    spellsCases: changesCase,
    at: 0,
    options: { i: has('i'), m: has('m'), s: has('s'), x: has('x') },
    pieces: [],
    open: [],
    captures: 0,
    names: new Map(),
    atom: null,
  }
  while (walk.at < pattern.length) step(walk)
  if (walk.open.length > 0) throw invalidRegex('missing closing parenthesis')
  return { ...numbered(walk.pieces), flags: isFolded && !changesCase ? 'iu' : 'u' }
}

const lineStart = '(?:^|(?<=\\n)(?=[^]))'
/** Without `m`, the end of the text is also before the line break that ends it. */
const lastLineEnd = '(?=\\n?$)'

function step(walk: Walk): void {
  if (skipBlank(walk)) return
  const quantifier = taken(walk, /[*+?]|\{\d+(?:,\d*)?\}/y)
  if (quantifier) {
    repeat(walk, quantifier[0])
    return
  }
  const { pattern, at, options } = walk
  const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
  if (char === '(') beginGroup(walk)
  else if (char === '\\') escape(walk)
  else if (char === '[') {
    const set = readSet(pattern, at, walk.spellsCases && options.i)
    walk.at = set.end
    put(walk, set.source)
  } else {
    walk.at += char.length
    if (char === ')') endGroup(walk)
    else if (char === '|') {
      walk.pieces.push('|')
      walk.atom = null
    } else if (char === '.') put(walk, options.s ? '[^]' : '[^\\n]')
    else if (char === '^') put(walk, options.m ? lineStart : '^', true)
    else if (char === '$') put(walk, options.m ? '(?![^\\n])' : lastLineEnd, true)
    else putCharacter(walk, char)
  }
}

/** Reads what the expression (a sticky one) matches here. */
function taken(walk: Walk, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = walk.at
  const match = expression.exec(walk.pattern)
  if (match) walk.at += match[0].length
  return match
}

function skipBlank(walk: Walk): boolean {
  return walk.options.x && taken(walk, /(?:[\t-\r ]|#[^\n]*(?:\n|$))+/y) !== null
}

function put(walk: Walk, piece: Piece, isAssertion = false): void {
  walk.atom = { start: walk.pieces.length, isAssertion }
  walk.pieces.push(piece)
}

function putCharacter(walk: Walk, char: string): void {
  const variants = walk.spellsCases && walk.options.i ? caseVariants(char) : [char]
  put(walk, variants.length === 1 ? escaped(char) : `[${variants.map(escaped).join('')}]`)
}

function putReference(walk: Walk, to: string): void {
  const number =
    walk.names.get(to) ?? (to.startsWith('-') ? walk.captures + 1 + Number(to) : Number(to))
  if (!(number >= 1)) throw invalidRegex('reference to non-existent subpattern')
  if (walk.spellsCases && walk.options.i)
    throw invalidRegex('a reference inside (?i) is not supported by the embedded database')
  put(walk, { reference: number })
}

function open(
  walk: Walk,
  kind: OpenGroup['kind'],
  pieces: readonly Piece[],
  outside = walk.options,
): void {
  walk.open.push({ start: walk.pieces.length, outside, kind })
  walk.pieces.push(...pieces)
  walk.atom = null
}

function openCapture(walk: Walk, name?: string): void {
  walk.captures += 1
  if (name !== undefined) walk.names.set(name, walk.captures)
  open(walk, 'group', [{ capture: walk.captures }])
}

function beginGroup(walk: Walk): void {
  if (taken(walk, /\(\?#[^)]*\)/y)) return
  const lookaround = taken(walk, /\(\?<?[=!]/y)
  const named = lookaround ? null : taken(walk, /\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y)
  const back = taken(walk, /\(\?P=(\w+)\)/y)
  if (lookaround) open(walk, 'lookaround', lookaround)
  else if (named) openCapture(walk, named[1] ?? named[2])
  else if (back) putReference(walk, back[1] ?? '')
  else if (taken(walk, /\(\?>/y)) open(walk, 'atomic', ['(?:'])
  else if (taken(walk, /\((?![?*])/y)) openCapture(walk)
  else changeOptions(walk)
}

function changeOptions(walk: Walk): void {
  const match = taken(walk, /\(\?(\^?)([imsx]*)(?:-([imsx]*))?([:)])/y)
  if (!match) {
    const feature = walk.pattern.slice(walk.at, walk.at + 4)
    throw invalidRegex(
      /^\(\?(?:[R|&(+\-\d]|P>)|^\(\*/.test(feature)
        ? `${feature} is not supported by the embedded database`
        : 'unrecognized character after (? or (?-',
    )
  }
  const [, reset, on = '', off = '', end] = match
  const outside = walk.options
  const now = (name: keyof Options): boolean =>
    !off.includes(name) && (on.includes(name) || (reset === '' && outside[name]))
  walk.options = { i: now('i'), m: now('m'), s: now('s'), x: now('x') }
  if (end === ':') open(walk, 'group', ['(?:'], outside)
}

function endGroup(walk: Walk): void {
  const group = walk.open.pop()
  if (!group) throw invalidRegex('unmatched closing parenthesis')
  walk.options = group.outside
  walk.pieces.push(')')
  if (group.kind === 'atomic') makeAtomic(walk.pieces, group.start)
  walk.atom = { start: group.start, isAssertion: group.kind === 'lookaround' }
}

function repeat(walk: Walk, quantifier: string): void {
  const { atom, pieces } = walk
  if (atom === null) throw invalidRegex('quantifier does not follow a repeatable item')
  checkBounds(quantifier)
  skipBlank(walk)
  const suffix = taken(walk, /[?+]/y)?.[0]
  // PCRE lets an assertion be repeated; JavaScript only a group.
  if (atom.isAssertion) {
    pieces.splice(atom.start, 0, '(?:')
    pieces.push(')')
  }
  pieces.push(suffix === '?' ? `${quantifier}?` : quantifier)
  if (suffix === '+') makeAtomic(pieces, atom.start)
  walk.atom = null
}

function checkBounds(quantifier: string): void {
  const [least = 0, most = Infinity] = (quantifier.match(/\d+/g) ?? []).map(Number)
  if (Math.max(least, most === Infinity ? 0 : most) > 65_535)
    throw invalidRegex('number too big in {} quantifier')
  if (most < least) throw invalidRegex('numbers out of order in {} quantifier')
}

function makeAtomic(pieces: Piece[], start: number): void {
  pieces.splice(start, 0, '(?:(?=', { capture: 0 })
  pieces.push('))', { reference: 0 }, ')')
}

function escape(walk: Walk): void {
  const quoted = taken(walk, /\\Q(.*?)(?:\\E|$)/sy)
  if (quoted) {
    for (const char of quoted[1] ?? '') putCharacter(walk, char)
    return
  }
  if (taken(walk, /\\E/y)) return
  const named = taken(walk, /\\[gk](?:\{([\w-]+)\}|<(\w+)>|'(\w+)')|\\g(-?\d+)/y)
  const digits = /^\\([1-9]\d*)/.exec(walk.pattern.slice(walk.at, walk.at + 6))?.[1] ?? ''
  // A number of two digits that no capture has is a character in octal.
  const isReference = digits.length === 1 || Number(digits) <= captureCount(walk.pattern)
  if (named) putReference(walk, named.slice(1).find(Boolean) ?? '')
  else if (digits !== '' && isReference) {
    walk.at += digits.length + 1
    putReference(walk, digits)
  } else {
    const read = readEscape(walk.pattern, walk.at)
    walk.at = read.end
    if (read.char === undefined) put(walk, read.source, read.isAssertion)
    else putCharacter(walk, read.char)
  }
}

function captureCount(pattern: string): number {
  const plain = pattern.replace(/\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|[^\]])*\]/gs, '')
  return (plain.match(/\((?![?*])|\(\?(?:P?<(?![=!])|')/g) ?? []).length
}

/** Writes the pieces out. Captures of our own shift the numbers of those that follow them. */
function numbered(pieces: readonly Piece[]): { source: string; captures: number[] } {
  const captures: number[] = []
  const numbers = new Map<Piece, number>()
  for (const piece of pieces) {
    if (typeof piece === 'string' || !('capture' in piece)) continue
    numbers.set(piece, numbers.size + 1)
    if (piece.capture > 0) captures[piece.capture - 1] = numbers.size
  }
  const atomic: number[] = []
  const source = pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    if ('capture' in piece) {
      if (piece.capture === 0) atomic.push(numbers.get(piece) ?? 0)
      return '('
    }
    const to = piece.reference === 0 ? atomic.pop() : captures[piece.reference - 1]
    if (to === undefined) throw invalidRegex('reference to non-existent subpattern')
    return `(?:\\${String(to)})`
  })
  return { source: source.join(''), captures }
}
