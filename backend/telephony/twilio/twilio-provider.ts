import type { TelephonyProvider } from '../provider.ts'
import { renderTwiml } from './render.ts'
import { isSignedByTwilio } from './verify.ts'

/** Where our Twilio webhooks are, under the public address. */
const TWILIO_DOORS = '/telephony/twilio'

/** Twilio as our telephone company. `publicUrl` may have a port and a path; no slash at its end. */
export function twilioProvider(authToken: string, publicUrl: string): TelephonyProvider {
  return {
    verify: (webhook) => isSignedByTwilio(webhook, authToken, publicUrl),
    render: (plan) => ({
      mediaType: 'text/xml',
      body: renderTwiml(plan, publicUrl + TWILIO_DOORS),
    }),
  }
}
