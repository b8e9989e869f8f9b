import latin400 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2?url'
import latin600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-600-normal.woff2?url'
import latin700 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-700-normal.woff2?url'
import vietnamese400 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2?url'
import vietnamese600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-600-normal.woff2?url'
import vietnamese700 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-700-normal.woff2?url'

const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD'
const VIETNAMESE =
  'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB'

const faces = [
  [400, latin400, LATIN],
  [600, latin600, LATIN],
  [700, latin700, LATIN],
  [400, vietnamese400, VIETNAMESE],
  [600, vietnamese600, VIETNAMESE],
  [700, vietnamese700, VIETNAMESE],
] as const

/** Registers the font faces with the document, once: a shadow tree cannot declare them. */
export function installFonts(target: Document): void {
  if (installed.has(target)) return
  installed.add(target)
  for (const [weight, url, unicodeRange] of faces) {
    const face = new FontFace('Be Vietnam Pro', `url("${url}") format("woff2")`, {
      weight: String(weight),
      display: 'swap',
      unicodeRange,
    })
    target.fonts.add(face)
  }
}

const installed = new WeakSet<Document>()
