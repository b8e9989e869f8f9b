// Makes seeds/telephone/waiting-music.wav: a calm melody of our own, µ-law at 8 kHz as telephones have it.
// `node scripts/make-waiting-music.mjs` after a change here; the file is kept, so that nobody needs to run it.
import { Buffer } from 'node:buffer'
import { writeFileSync } from 'node:fs'

const RATE = 8_000
const BEAT_SECONDS = 0.75
const TAIL_SECONDS = 1.5

// Steps of a pentatonic scale on D, in beats; null is a rest. The second half answers the first.
const MELODY = [
  [0, 1],
  [2, 1],
  [3, 2],
  [4, 1],
  [3, 1],
  [2, 2],
  [1, 1],
  [2, 1],
  [3, 1],
  [1, 1],
  [0, 3],
  [null, 1],
  [3, 1],
  [4, 1],
  [5, 2],
  [4, 1],
  [3, 1],
  [2, 1],
  [1, 1],
  [2, 1],
  [1, 1],
  [0, 4],
]
const BASS = [0, 3, 2, 0, 3, 2, 0, 0].map((step) => [step - 5, 4])
const SCALE = [0, 2, 4, 7, 9]
const ROOT_HERTZ = 293.66

const beats = MELODY.reduce((sum, [, length]) => sum + length, 0)
const samples = new Float64Array(Math.round((beats * BEAT_SECONDS + TAIL_SECONDS) * RATE))
play(MELODY, 0.2, 1.1)
play(BASS, 0.12, 1.9)
writeFileSync(
  new URL('../seeds/telephone/waiting-music.wav', import.meta.url),
  wav(Uint8Array.from(samples, muLaw)),
)

/** A soft string: a few harmonics that fade, the higher the sooner. */
function play(notes, loudness, fadeSeconds) {
  let beat = 0
  for (const [step, length] of notes) {
    if (step !== null && beat < beats) pluck(step, beat * BEAT_SECONDS, loudness, fadeSeconds)
    beat += length
  }
}

function pluck(step, atSeconds, loudness, fadeSeconds) {
  const octave = Math.floor(step / SCALE.length)
  const semitones = SCALE[step - octave * SCALE.length] + 12 * octave
  const hertz = ROOT_HERTZ * 2 ** (semitones / 12)
  const first = Math.round(atSeconds * RATE)
  for (let i = first; i < samples.length; i++) {
    const t = (i - first) / RATE
    if (t > 6 * fadeSeconds) break
    // Neither the beginning of a note nor the end of the file may click.
    const edges = Math.min(1, t / 0.015, (samples.length - i) / RATE / 0.5)
    let sum = 0
    for (const [harmonic, share] of [
      [1, 1],
      [2, 0.3],
      [3, 0.12],
    ]) {
      sum +=
        share *
        Math.sin(2 * Math.PI * hertz * harmonic * t) *
        Math.exp(-t * (harmonic / fadeSeconds))
    }
    samples[i] += loudness * edges * sum
  }
}

/** One sample as G.711 has it. */
function muLaw(sample) {
  const clipped = Math.max(-1, Math.min(1, sample))
  const magnitude = Math.min(32_635, Math.round(Math.abs(clipped) * 32_767)) + 132
  const exponent = Math.floor(Math.log2(magnitude)) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 15
  return ~((clipped < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255
}

/** A WAV file of µ-law samples (format 7), one channel. */
function wav(data) {
  const header = Buffer.alloc(58)
  header.write('RIFF', 0)
  header.writeUInt32LE(50 + data.length + (data.length % 2), 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(18, 16)
  header.writeUInt16LE(7, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('fact', 38)
  header.writeUInt32LE(4, 42)
  header.writeUInt32LE(data.length, 46)
  header.write('data', 50)
  header.writeUInt32LE(data.length, 54)
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)])
}
