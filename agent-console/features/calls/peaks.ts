/** The loudest sample of each of `count` equal stretches, from 0 to 1 of the loudest of all. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const stretch = Math.max(1, Math.ceil(samples.length / count))
  const peaks: number[] = []
  for (let start = 0; start < samples.length; start += stretch) {
    let peak = 0
    for (const sample of samples.subarray(start, start + stretch)) {
      peak = Math.max(peak, Math.abs(sample))
    }
    peaks.push(peak)
  }
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0)
  return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest)
}
