import webhooks from 'twilio/lib/webhooks/webhooks.js'
import type { Webhook } from '../provider.ts'

/**
 * True where Twilio signed this webhook with our token. The address is the public one, never what
 * the request says about its own host: behind a proxy that is another one.
 */
export function isSignedByTwilio(webhook: Webhook, authToken: string, publicUrl: string): boolean {
  const { originalUrl, signature, fields } = webhook
  // The request target may also be a whole URL ("absolute form"), which nobody signs.
  if (signature === undefined || !originalUrl.startsWith('/')) return false
  return webhooks.validateRequest(authToken, signature, publicUrl + originalUrl, fields)
}
