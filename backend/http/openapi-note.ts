import type { z } from 'zod'
import type { Bilingual } from '#contracts/catalogue'
import type { Contracts } from './openapi-contracts.ts'

type FieldOf<S> = S extends z.ZodObject ? keyof S['shape'] : never

/** Notes on fields of contracts that exist. */
export type Notes = {
  readonly [N in keyof Contracts]?: { readonly [F in FieldOf<Contracts[N]>]?: Bilingual }
}

/** On every list that comes in pages. */
export const CURSOR: Bilingual = {
  vi: 'nextCursor của trang trước; bỏ trống để lấy trang đầu.',
  en: 'nextCursor of the page before; leave it out for the first page.',
}

/** On every page of a list. */
export const NEXT_CURSOR: Bilingual = {
  vi: 'Gửi lại ở tham số cursor để lấy trang sau; null ở trang cuối.',
  en: 'Send it as cursor for the next page; null on the last one.',
}
