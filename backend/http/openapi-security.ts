import type { Language } from '#contracts/vocabulary'
import type { Caller, Operation } from './openapi-operation.ts'
import { SHARED_TEXTS } from './openapi-texts.ts'
import type { OpenApiDocument, OperationObject } from './openapi-types.ts'

const SESSION: OperationObject['security'] = [{ session: [] }]

/** What each caller shows; of several, any one. */
export const SECURITY: Record<Caller, OperationObject['security']> = {
  anyone: [],
  citizen: [{ reportPin: [] }, { reportPhone: [] }],
  staff: SESSION,
  centre: SESSION,
  administrator: SESSION,
  provider: [{ twilioSignature: [] }],
  exchange: [{ ctiSignature: [] }],
}

/** How it is shown. */
export function securitySchemes(lang: Language): OpenApiDocument['components']['securitySchemes'] {
  const key = (where: 'header' | 'cookie', name: string, text: keyof typeof SHARED_TEXTS) => ({
    type: 'apiKey',
    in: where,
    name,
    description: SHARED_TEXTS[text][lang],
  })
  return {
    reportPin: key('header', 'X-Report-Pin', 'reportPin'),
    reportPhone: key('header', 'X-Report-Phone', 'reportPhone'),
    session: key('cookie', 'hoiam.session_token', 'session'),
    twilioSignature: key('header', 'X-Twilio-Signature', 'twilioSignature'),
    ctiSignature: key('header', 'X-CTI-Signature', 'ctiSignature'),
  }
}

/** A change by staff: it must not be possible from another site's page. */
export function isGuardedChange({ caller, method, isForeign }: Operation): boolean {
  return isForeign !== true && SECURITY[caller] === SESSION && method !== 'get'
}
