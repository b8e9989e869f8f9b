/**
 * Where a browser registers, reports and fetches tones from when it takes calls for Twilio: signalling
 * and insights of every edge are below this name. Sound itself comes over WebRTC, which no policy names.
 */
export const TWILIO_ORIGINS: readonly string[] = ['https://*.twilio.com', 'wss://*.twilio.com']
