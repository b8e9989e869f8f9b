const VOLUME = 0.12
/** Two notes of a bell, and the pause before they come again. */
const NOTES = [659.25, 830.61]
const NOTE_SECONDS = 0.35
const EVERY_MS = 2_400

let context: AudioContext | null = null

/**
 * Browsers keep a page silent until somebody has pressed something: called on any press, so that a
 * call can be heard later. Nothing happens where there is no sound at all.
 */
export function unlockSound(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume()
}

/** Rings until the answer is called; silent while the page may make no sound. */
export function startRinging(): () => void {
  ringOnce()
  const timer = setInterval(ringOnce, EVERY_MS)
  return () => {
    clearInterval(timer)
  }
}

function ringOnce(): void {
  if (context?.state !== 'running') return
  const { currentTime, destination } = context
  for (const [index, frequency] of [...NOTES, ...NOTES].entries()) {
    const startsAt = currentTime + index * NOTE_SECONDS
    const gain = context.createGain()
    gain.gain.setValueAtTime(VOLUME, startsAt)
    gain.gain.exponentialRampToValueAtTime(0.001, startsAt + NOTE_SECONDS)
    const tone = context.createOscillator()
    tone.frequency.value = frequency
    tone.connect(gain).connect(destination)
    tone.start(startsAt)
    tone.stop(startsAt + NOTE_SECONDS)
  }
}
