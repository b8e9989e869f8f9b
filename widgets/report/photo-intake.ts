import type { PhotoProblem } from './photo-rules.ts'
import { photoProblem } from './photo-rules.ts'
import type { Photo } from './report-state.ts'

interface Intake {
  readonly photos: readonly Photo[]
  readonly problems: readonly { readonly problem: PhotoProblem; readonly name: string }[]
}

let made = 0

/** Sorts chosen files into those that can go along with `count` others and those that cannot. */
export async function takeIn(files: readonly File[], count: number): Promise<Intake> {
  const photos: Photo[] = []
  const problems: { problem: PhotoProblem; name: string }[] = []
  for (const file of files) {
    const problem = await photoProblem(file, count + photos.length)
    if (problem) problems.push({ problem, name: file.name })
    else photos.push(photoOf(file))
  }
  return { photos, problems }
}

/** Gives back the memory of thumbnails that are no longer shown. */
export function release(photos: readonly Photo[]): void {
  for (const { url } of photos) if (url) URL.revokeObjectURL(url)
}

function photoOf(file: File): Photo {
  const url = file.type === 'application/pdf' ? null : URL.createObjectURL(file)
  made += 1
  return { id: String(made), file, url }
}
