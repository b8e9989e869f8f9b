import { type Element, Window } from 'happy-dom'

/** One thing that TwiML tells the provider to do. */
export type Verb = {
  verb: string
  text: string
  attributes: Record<string, string>
  children: Verb[]
}

/** The verbs of a TwiML answer, in order, as an XML parser reads them. */
export function verbsOf(twiml: string): Verb[] {
  const { DOMParser } = new Window()
  const { documentElement } = new DOMParser().parseFromString(twiml, 'text/xml')
  if (documentElement.tagName !== 'Response') throw new Error(`not TwiML: ${twiml}`)
  return verbsIn(documentElement)
}

function verbsIn(parent: Element): Verb[] {
  return [...parent.children].map((element) => ({
    verb: element.tagName,
    text: element.textContent,
    attributes: Object.fromEntries(
      [...element.attributes].map((attribute) => [attribute.name, attribute.value ?? '']),
    ),
    children: verbsIn(element),
  }))
}
