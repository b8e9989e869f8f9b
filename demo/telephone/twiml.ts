import { XMLParser } from 'fast-xml-parser'

/** One thing that TwiML tells the company to do. */
export type Verb = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly Verb[]
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
})

/** The verbs of an answer, in order. Throws where it is not TwiML. */
export function parseTwiml(xml: string): readonly Verb[] {
  const roots = verbsIn(parser.parse(xml) as Node[]).filter(({ name }) => name !== '?xml')
  const [response] = roots
  if (roots.length !== 1 || response?.name !== 'Response') throw new Error(`not TwiML: ${xml}`)
  return response.children
}

/** An element under its name with its children; `:@` holds its attributes, `#text` is a text. */
type Node = Readonly<Record<string, unknown>>

function verbsIn(nodes: readonly Node[]): Verb[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
    if (name === undefined) return []
    const children = node[name] as Node[]
    const text = children.map((child) => child['#text']).filter((part) => typeof part === 'string')
    const attributes = (node[':@'] ?? {}) as Record<string, string>
    return [{ name, attributes, text: text.join(''), children: verbsIn(children) }]
  })
}
