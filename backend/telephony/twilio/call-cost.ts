import type { Twilio } from 'twilio'
import type { Call, CallCost } from '#domain/call'
import { isOver } from './already-over.ts'

/**
 * What Twilio charges for the minutes of a call: the citizen's line and every other that was answered.
 * A price comes minutes after a line's end, and is a negative number. `isWhole` once each line has one.
 */
export async function callCost(
  twilio: Twilio,
  { callRef, legs }: Pick<Call, 'callRef' | 'legs'>,
): Promise<(CallCost & { isWhole: boolean }) | null> {
  const answered = legs.filter(({ answeredAt }) => answeredAt !== null)
  const lines = [callRef, ...answered.map(({ ref }) => ref)]
  const prices: Price[] = []
  for (const line of lines) {
    const price = await priceOf(twilio, line)
    if (price !== null) prices.push(price)
  }
  const [first] = prices
  if (first === undefined) return null
  const sum = prices.reduce((total, { amount }) => total + amount, 0)
  // Prices have up to five decimals, and sums of them more by nothing but rounding.
  const amount = Math.round(sum * 100_000) / 100_000
  return { amount, currency: first.currency, isWhole: prices.length === lines.length }
}

type Price = { readonly amount: number; readonly currency: string }

async function priceOf(twilio: Twilio, line: string): Promise<Price | null> {
  try {
    // Typed as a text, yet empty until it is known.
    const { price, priceUnit } = (await twilio.calls(line).fetch()) as {
      price: string | null
      priceUnit: string | null
    }
    const amount = price === null ? NaN : Math.abs(Number(price))
    return Number.isFinite(amount) && price !== '' && priceUnit
      ? { amount, currency: priceUnit.toUpperCase() }
      : null
  } catch (error) {
    if (isOver(error)) return null
    throw error
  }
}
