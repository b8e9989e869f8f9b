import AccessToken from 'twilio/lib/jwt/AccessToken.js'
import type { SoftphoneTokens } from '#use-cases/ports/telephony'
import { identityOf } from './softphone-identity.ts'

/** What a token is signed with. */
export type SoftphoneKey = {
  readonly accountSid: string
  readonly apiKey: { readonly sid: string; readonly secret: string }
  /** Where browsers connect to; agents and conferences in different ones do not hear each other. */
  readonly edge: string | null
}

// Short, because a token that was stolen rings until it ends; the console renews it before that.
const LIFETIME_SECONDS = 3_600

/** Tokens with which agents' browsers register at Twilio: they receive calls and place none. */
export function twilioSoftphoneTokens({ accountSid, apiKey, edge }: SoftphoneKey): SoftphoneTokens {
  return {
    edge,
    issue(agentId, at) {
      const token = new AccessToken(accountSid, apiKey.sid, apiKey.secret, {
        identity: identityOf(agentId),
        ttl: LIFETIME_SECONDS,
      })
      token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }))
      return {
        token: token.toJwt(),
        expiresAt: new Date(at.getTime() + LIFETIME_SECONDS * 1_000),
      }
    },
  }
}
