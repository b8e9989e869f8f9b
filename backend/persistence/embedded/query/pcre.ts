// A map and not an object: a client's word such as "constructor" is in every object.
const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a-zA-Z'],
  ['digit', '0-9'],
  ['alnum', 'a-zA-Z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', ' \\t\\n\\v\\f\\r'],
  ['blank', ' \\t'],
  ['punct', '!-\\/:-@\\[-`{-~'],
  ['xdigit', '0-9a-fA-F'],
  ['word', '\\w'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['print', ' -~'],
  ['graph', '!-~'],
])

const asciiSpace = ' \\t\\n\\v\\f\\r'
const atEnd = '(?![\\s\\S])'
const atLastLine = `(?=\\n?${atEnd})`

const escapes: Readonly<Record<string, string>> = {
  '\\A': '(?<![\\s\\S])',
  '\\z': atEnd,
  '\\Z': atLastLine,
  '\\s': `[${asciiSpace}]`,
  '\\S': `[^${asciiSpace}]`,
  '\\h': '[ \\t]',
  '\\R': '(?:\\r\\n|[\\n\\v\\f\\r])',
  '\\a': '\\x07',
  '\\e': '\\x1b',
}

const part =
  /\\Q(?<literal>.*?)(?:\\E|$)|(?<escape>\\.)|(?<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])|(?<comment>\(\?#[^)]*\))|(?<named>\(\?P<)|\(\?P=(?<back>\w+)\)|[.$]/gsu

/** A pattern in the syntax of PCRE, which MongoDB uses, in JavaScript's: where the two differ. */
export function fromPcre(pattern: string, flags: string): string {
  return pattern.replace(part, (whole: string, ...rest: unknown[]) => {
    const { literal, escape, set, comment, named, back } = rest.at(-1) as Partial<
      Record<string, string>
    >
    if (literal !== undefined) return literal.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')
    if (escape !== undefined) return escapes[escape] ?? identityEscape(escape)
    if (set !== undefined) return fromSet(set)
    if (comment !== undefined) return ''
    if (named !== undefined) return '(?<'
    if (back !== undefined) return `\\k<${back}>`
    if (whole === '.') return flags.includes('s') ? '.' : '[^\\n]'
    // Without `m`, the end of the text is also before the line break that ends it.
    return flags.includes('m') ? '$' : atLastLine
  })
}

// JavaScript's Unicode mode takes no backslash before a character that needs none.
function identityEscape(escape: string): string {
  return /^\\[^\w\s$()*+./?[\\\]^{|}]$/u.test(escape) ? escape.slice(1) : escape
}

function fromSet(set: string): string {
  const start = set.startsWith('[^') ? 2 : 1
  const inner = set.slice(start, -1)
  const members = inner.replace(
    /\[:(\w+):\]|\\.|\[/gsu,
    (member: string, name: string | undefined) => {
      if (name !== undefined) return posixClasses.get(name) ?? member
      if (member === '\\s') return asciiSpace
      if (member === '\\h') return ' \\t'
      return member === '['
        ? '\\['
        : /^\\[^\w\s\-\\\]^[/]$/u.test(member)
          ? member.slice(1)
          : member
    },
  )
  // A bracket that comes first in a set is a member of it.
  return `${set.slice(0, start)}${members.startsWith(']') ? `\\${members}` : members}]`
}
