import { describe, expect, test } from 'vitest'
import { photoProblem } from '../../widgets/report/photo-rules.ts'

function aFile(start: string, options: { name?: string; type?: string; size?: number } = {}) {
  const { name = 'anh.jpg', type = 'image/jpeg', size = 100 } = options
  const bytes = new Uint8Array(Math.max(size, start.length))
  bytes.set(Array.from(start, (letter) => letter.charCodeAt(0)))
  return new File([bytes], name, { type })
}

describe('a chosen file', () => {
  test.each([
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['WebP', 'RIFF\x10\x00\x00\x00WEBP'],
    ['AVIF', '\x00\x00\x00\x20ftypavif'],
    ['PDF', '%PDF-1.7'],
  ])('that is %s can go along', async (_name, start) => {
    await expect(photoProblem(aFile(start), 0)).resolves.toBeNull()
  })

  test.each(['heic', 'heix', 'mif1'])(
    'from an iPhone (%s) is told apart, whatever its name says',
    async (brand) => {
      const file = aFile(`\x00\x00\x00\x18ftyp${brand}`, { name: 'anh.jpg', type: 'image/jpeg' })
      await expect(photoProblem(file, 0)).resolves.toBe('heic')
    },
  )

  test('is judged by its content, not its name', async () => {
    await expect(photoProblem(aFile('<svg onload=…>'), 0)).resolves.toBe('unsupported')
  })

  test('must have content and not more than 10 MB', async () => {
    const large = aFile('\xff\xd8\xff', { size: 10 * 1024 * 1024 + 1 })
    await expect(photoProblem(new File([], 'a.jpg'), 0)).resolves.toBe('empty')
    await expect(photoProblem(large, 0)).resolves.toBe('too-large')
  })

  test('beyond the fifth stays behind', async () => {
    await expect(photoProblem(aFile('\xff\xd8\xff'), 4)).resolves.toBeNull()
    await expect(photoProblem(aFile('\xff\xd8\xff'), 5)).resolves.toBe('too-many')
  })
})
