import type { Twilio } from 'twilio'
import type { MessageSender } from '#use-cases/ports/messages'
import { twilioMessageSender } from './twilio/message-sender.ts'
import { type TwilioAccount, twilioRestClient } from './twilio/rest-client.ts'

/** The company that sends our text messages; null where none is set up, or no sender is named. */
export function messageSender(
  twilio: (TwilioAccount & { readonly messagingFrom: string | null }) | null,
  publicUrl: string,
): MessageSender | null {
  if (twilio === null || twilio.messagingFrom === null) return null
  let client: Promise<Twilio> | null = null
  const clientOnce = async () => (client ??= twilioRestClient(twilio))
  return twilioMessageSender(clientOnce, { from: twilio.messagingFrom, publicUrl })
}
