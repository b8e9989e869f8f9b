import type { Bilingual } from '#contracts/catalogue'
import type { ErrorCode } from '#contracts/vocabulary'
import type { QueryName } from './openapi-contracts.ts'
import type { JsonSchema, MediaType, Method } from './openapi-types.ts'

/** The chapters of the description, in their order. */
export const TAGS = [
  'reports',
  'published',
  'cases',
  'calls',
  'administration',
  'sign-in',
  'telephony',
  'running',
] as const
export type Tag = (typeof TAGS)[number]

/** Who may knock at a door. */
export type Caller =
  'anyone' | 'citizen' | 'staff' | 'centre' | 'administrator' | 'provider' | 'exchange'

/** A header that a door reads beyond those of its caller. */
export type Header = {
  readonly name: string
  readonly schema: JsonSchema
  readonly text: Bilingual
  readonly example: string
}

/** A way in which a door answers when all is well. */
export type DoorAnswer = {
  readonly status: number
  readonly text: Bilingual
  readonly schema?: JsonSchema
  readonly example?: unknown
  /** Bodies that are not JSON, by media type. */
  readonly content?: Readonly<Record<string, MediaType>>
  readonly headers?: Readonly<Record<string, Bilingual>>
}

/** A body that a door reads. */
export type DoorBody = {
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly mediaType?: string
  /** Other ways of sending the same. */
  readonly also?: Readonly<Record<string, MediaType>>
}

/** One method of one address, as developers should know it. */
export type Operation = {
  readonly id: string
  readonly tag: Tag
  readonly method: Method
  readonly path: string
  readonly caller: Caller
  readonly summary: Bilingual
  readonly details?: Bilingual
  readonly headers?: readonly Header[]
  readonly query?: QueryName
  readonly body?: DoorBody
  readonly answers: readonly DoorAnswer[]
  /** Refusals of its own; those that follow from its caller are added. */
  readonly problems?: readonly ErrorCode[]
  /** Set where the door has its own form of errors or knows no languages. */
  readonly isForeign?: true
}

/** 200 with what `schema` describes. */
export function ok(schema: JsonSchema, text: Bilingual): DoorAnswer {
  return { status: 200, text, schema }
}

/** A file as it is kept: a picture, or a PDF to save. */
export const FILE: DoorAnswer = {
  status: 200,
  text: { vi: 'Tệp.', en: 'The file.' },
  content: { 'image/*': {}, 'application/pdf': {} },
}
