import type { Language } from '#contracts/vocabulary'
import type { Call } from './call.ts'

// A caller who presses keys for an hour must not fill the document.
const PATH_MAX = 200
const WRONG_CODE = 'status:wrong:'

/** The call with one more thing that its caller chose, and the language they chose it in. */
export function withChoice(call: Call, step: string, language: Language): Call {
  const isRepeated = call.ivrPath.at(-1) === step || call.ivrPath.length >= PATH_MAX
  if (isRepeated && call.language === language) return call
  return {
    ...call,
    language,
    ivrPath: isRepeated ? call.ivrPath : [...call.ivrPath, step],
    version: call.version + 1,
  }
}

/** How the log names the `nth` code or PIN that was wrong; each is counted once. */
export function wrongCodeStep(nth: number): string {
  return `${WRONG_CODE}${String(nth)}`
}

/** How many codes and PINs of this call were wrong. */
export function wrongCodeCount({ ivrPath }: Pick<Call, 'ivrPath'>): number {
  return new Set(ivrPath.filter((step) => step.startsWith(WRONG_CODE))).size
}
