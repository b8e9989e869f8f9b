import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { shippedLikeness } from '#backend/understanding'
import type { CasePrint, Sighting } from '#domain/likeness'
import { printDocument } from '#persistence/case-prints'
import { ROOT } from './product.ts'

/** The detector as the product has it. */
export const likeness = shippedLikeness()

/** Cases come over so many days, to so many wards, some of them far busier than others. */
const DAYS = 730
const WARDS = 3_321
const DAY_MS = 86_400_000
const START = Date.UTC(2025, 0, 1)
/** When the last of them came. */
export const LAST_AT = START + DAYS * DAY_MS
const PER_INSERT = 1_000

const STREETS =
  'Nguyễn Trãi, Lê Lợi, Trần Hưng Đạo, Hai Bà Trưng, Lý Thường Kiệt, Quang Trung, Phan Chu Trinh, Lê Hồng Phong, Hoàng Diệu, Ngô Quyền, Tô Hiệu, Lạch Tray, Bạch Đằng, Kim Mã, Cách Mạng Tháng Tám, Điện Biên Phủ, Võ Văn Tần, Pasteur, Xuân Thủy, Nơ Trang Long'.split(
    ', ',
  )
const texts = corpusTexts()

/** The report with this number: a text of the corpus at an address, the same on every run. */
export function aReport(id: number): { readonly text: string; readonly sighting: Sighting } {
  const street = STREETS[(id * 7919) % STREETS.length] ?? ''
  const text = `${texts[(id * 31) % texts.length] ?? ''} Số ${String((id * 13) % 400)} ${street}.`
  // Squared, so that the busiest wards have many times the cases of the quietest.
  const share = ((id * 2_654_435_761) % 1_000_003) / 1_000_003
  const ward = Math.floor(share * share * WARDS)
  const sighting: Sighting = {
    print: likeness.print(text),
    field: 'urban',
    topic: null,
    unitCode: String(ward),
    provinceCode: String(ward % 34),
    lat: null,
    lng: null,
    at: START + ((id * 104_729) % (DAYS * 24)) * (DAY_MS / 24),
  }
  return { text, sighting }
}

/** Fills the collection of prints through the driver. */
export async function fillPrints(connection: Connection, count: number): Promise<void> {
  const prints = connection.collection<{ _id: string }>('case_prints')
  for (let from = 0; from < count; from += PER_INSERT) {
    const documents = Array.from({ length: Math.min(PER_INSERT, count - from) }, (_, i) => {
      const print = aPrint(from + i)
      return { _id: print.code, ...printDocument(print) }
    })
    await prints.insertMany(documents)
  }
}

function aPrint(id: number): CasePrint {
  const { sighting } = aReport(id)
  return {
    code: String(id),
    version: 1,
    format: likeness.format,
    keys: likeness.sightingKeys(sighting),
    sighting,
    answerPrint: null,
  }
}

function corpusTexts(): string[] {
  const folder = join(ROOT, 'nlp/corpus/fields')
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line.includes('\t'))
    .map((line) => line.slice(line.indexOf('\t') + 1))
}
