import type { Language } from '#contracts/vocabulary'

/** A count with the language's thousands separator. */
export function countInWords(count: number, lang: Language): string {
  return new Intl.NumberFormat(localeOf(lang)).format(count)
}

/** A share from 0 to 1 as whole per cent. */
export function percentInWords(share: number, lang: Language): string {
  return new Intl.NumberFormat(localeOf(lang), { style: 'percent' }).format(share)
}

/** An average with one decimal. */
export function averageInWords(average: number, lang: Language): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return new Intl.NumberFormat(localeOf(lang), digits).format(average)
}

/** `120 m` or `1,4 km`. */
export function distanceInWords(meters: number, lang: Language): string {
  if (meters < 1_000) return `${String(Math.max(10, Math.round(meters / 10) * 10))} m`
  const kilometers = new Intl.NumberFormat(localeOf(lang), { maximumFractionDigits: 1 })
  return `${kilometers.format(meters / 1_000)} km`
}

/** `850 kB` or `2,3 MB`. */
export function fileSizeInWords(bytes: number, lang: Language): string {
  if (bytes < 1_000_000) return `${String(Math.max(1, Math.round(bytes / 1_000)))} kB`
  const megabytes = new Intl.NumberFormat(localeOf(lang), { maximumFractionDigits: 1 })
  return `${megabytes.format(bytes / 1_000_000)} MB`
}

function localeOf(lang: Language): string {
  return lang === 'vi' ? 'vi-VN' : 'en-GB'
}
