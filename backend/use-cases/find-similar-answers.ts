import type { SimilarAnswersQuery } from '#contracts/answers'
import type { Case } from '#domain/case'
import type { Ports } from './ports.ts'

/** A published answer to a question like the one asked. */
export type SimilarAnswer = { readonly found: Case; readonly wording: number }

const COMPARED = 300
/** Below this a question has little more in common than that it is one. */
const LEAST_WORDING = 0.2
const LOOKED_AT = 12
const SHOWN = 5
/** What a good mark from the citizen is worth, a star. */
const PER_STAR = 0.01

/** The published answers to the questions most like a text, best first. Public words alone. */
export async function findSimilarAnswers(
  { text, exceptCode }: SimilarAnswersQuery,
  ports: Ports,
): Promise<SimilarAnswer[]> {
  const { likeness, casePrints, cases, reader } = ports
  const asked = likeness.print(text)
  const { field } = await reader.read(text)
  const candidates = await casePrints.findSharing({
    keys: likeness.answerKeys(asked, field),
    since: null,
    until: ports.now(),
    limit: COMPARED,
  })
  const alike = candidates
    .flatMap(({ code, answerPrint }) =>
      answerPrint === null || code === exceptCode
        ? []
        : [{ code, wording: likeness.wording(asked, answerPrint) }],
    )
    .filter(({ wording }) => wording >= LEAST_WORDING)
    .sort((a, b) => b.wording - a.wording || (a.code < b.code ? -1 : 1))
    .slice(0, LOOKED_AT)
  // What is public is asked again: an answer may have been disputed since.
  const found = await Promise.all(
    alike.map(async ({ code, wording }) => ({ wording, found: await cases.findAnswer(code) })),
  )
  return differing(
    found.flatMap((each) => (each.found === null ? [] : [{ ...each, found: each.found }])),
  )
    .sort((a, b) => rankOf(b) - rankOf(a))
    .slice(0, SHOWN)
}

function rankOf({ found, wording }: SimilarAnswer): number {
  return wording + PER_STAR * (found.rating?.score ?? 3)
}

/** The same answer given to many is offered once. */
function differing(answers: readonly SimilarAnswer[]): SimilarAnswer[] {
  const seen = new Set<string>()
  return answers.filter(({ found }) => {
    const text = found.response?.publicText ?? ''
    if (text === '' || seen.has(text)) return false
    seen.add(text)
    return true
  })
}
