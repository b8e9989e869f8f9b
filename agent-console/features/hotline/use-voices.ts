import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Language } from '#contracts/vocabulary'

/** One thing to read aloud, and in which language. */
type Reading = { readonly id: string; readonly lang: Language; readonly texts: readonly string[] }

/** Reads aloud with the voices of this computer; which of them there are may come late. */
export function useVoices() {
  const voices = useSyncExternalStore(subscribe, known)
  const [readingId, setReadingId] = useState<string | null>(null)
  const voiceOf = (lang: Language) =>
    voices.find((voice) => voice.lang.toLowerCase().startsWith(lang)) ?? null

  // Leaving the page ends the reading.
  useEffect(() => stopReading, [])

  function stop(): void {
    stopReading()
    setReadingId(null)
  }

  function read({ id, lang, texts }: Reading): void {
    const voice = voiceOf(lang)
    if (!voice) return
    stopReading()
    setReadingId(id)
    const utterances = texts.map((text) => {
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.voice = voice
      utterance.lang = voice.lang
      return utterance
    })
    const last = utterances.at(-1)
    if (last) {
      last.onend = () => {
        setReadingId((current) => (current === id ? null : current))
      }
    }
    for (const utterance of utterances) speechSynthesis.speak(utterance)
  }

  return { readingId, hasVoice: (lang: Language) => voiceOf(lang) !== null, read, stop }
}

const NO_VOICES: readonly SpeechSynthesisVoice[] = []
let voicesNow = NO_VOICES

/** The same array until the voices change, as React wants it. */
function known(): readonly SpeechSynthesisVoice[] {
  if (!canSpeak()) return NO_VOICES
  const voices = speechSynthesis.getVoices()
  const isSame =
    voices.length === voicesNow.length && voices.every((voice, at) => voice === voicesNow[at])
  if (!isSame) voicesNow = voices
  return voicesNow
}

function subscribe(listener: () => void): () => void {
  if (!canSpeak()) return () => undefined
  speechSynthesis.addEventListener('voiceschanged', listener)
  return () => {
    speechSynthesis.removeEventListener('voiceschanged', listener)
  }
}

function stopReading(): void {
  if (canSpeak()) speechSynthesis.cancel()
}

function canSpeak(): boolean {
  return 'speechSynthesis' in window
}
