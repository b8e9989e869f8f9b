import type { CaseView } from '#contracts/cases'

/** A run of the citizen's text that looks the same throughout. */
export type TextSegment = {
  readonly text: string
  /** 0 where the words did not matter, up to 3 where they decided the field. */
  readonly strength: 0 | 1 | 2 | 3
  /** What kind of personal data it is, null where it is none. */
  readonly personalType: string | null
}

/** Cuts the text where evidence or personal data begins or ends; the pieces joined are the text. */
export function textSegments(
  text: string,
  evidence: CaseView['evidence'],
  personalData: CaseView['personalData'],
): TextSegment[] {
  const heaviest = Math.max(0, ...evidence.map((span) => span.weight))
  const cuts = new Set([0, text.length])
  for (const { start, end } of [...evidence, ...personalData]) {
    cuts.add(clamp(start, text.length)).add(clamp(end, text.length))
  }
  const points = [...cuts].sort((a, b) => a - b)
  return points.slice(0, -1).map((start, index) => {
    const end = points[index + 1] ?? text.length
    const covers = (span: { start: number; end: number }) => span.start <= start && span.end >= end
    const weight = Math.max(0, ...evidence.filter(covers).map((span) => span.weight))
    return {
      text: text.slice(start, end),
      strength: strengthOf(weight, heaviest),
      personalType: personalData.find(covers)?.type ?? null,
    }
  })
}

function strengthOf(weight: number, heaviest: number): TextSegment['strength'] {
  if (weight <= 0) return 0
  if (weight >= heaviest * 0.66) return 3
  return weight >= heaviest * 0.33 ? 2 : 1
}

function clamp(offset: number, length: number): number {
  return Math.min(Math.max(offset, 0), length)
}
