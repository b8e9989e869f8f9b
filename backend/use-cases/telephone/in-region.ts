import type { Call } from '#domain/call'
import type { Ports } from '../ports.ts'

/** The call, with where its company carries it. */
export function inRegion(call: Call, company: Ports['callControl']): Call {
  if (call.region !== undefined || company?.provider !== call.provider) return call
  const { region } = company
  return region === null ? call : { ...call, region, version: call.version + 1 }
}
