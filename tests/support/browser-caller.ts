import type { Page } from 'playwright-core'

/** The other end of a line, in the same page: a tone for a voice, and an ear. */
type Caller = { readonly peer: RTCPeerConnection; readonly heard: AnalyserNode }
type Callers = { callers?: Record<string, Caller> }

/** Makes the caller's end of a line; answers what it offers the softphone. */
export async function callerOffer(page: Page, callSid: string): Promise<string> {
  return page.evaluate(async (name) => {
    const context = new AudioContext()
    const voice = context.createMediaStreamDestination()
    const tone = context.createOscillator()
    tone.connect(voice)
    tone.start()
    const peer = new RTCPeerConnection()
    const heard = context.createAnalyser()
    peer.ontrack = ({ track }) => {
      const stream = new MediaStream([track])
      // What nobody plays is not decoded, and an analyser would hear nothing.
      const player = new Audio()
      player.muted = true
      player.srcObject = stream
      void player.play()
      context.createMediaStreamSource(stream).connect(heard)
    }
    for (const track of voice.stream.getTracks()) peer.addTrack(track, voice.stream)
    const global = globalThis as unknown as Callers
    global.callers = { ...global.callers, [name]: { peer, heard } }
    await peer.setLocalDescription(await peer.createOffer())
    while (peer.iceGatheringState !== 'complete') await new Promise((next) => setTimeout(next, 20))
    // Keys are told by signalling, where they can be read: this end understands no tones.
    const sdp = peer.localDescription?.sdp ?? ''
    const tones = [...sdp.matchAll(/a=rtpmap:(\d+) telephone-event/g)].map(([, type]) => type)
    return sdp
      .split('\r\n')
      .filter((line) => !tones.some((type) => line.startsWith(`a=rtpmap:${String(type)} `)))
      .map((line) =>
        line.startsWith('m=audio')
          ? line
              .split(' ')
              .filter((part, at) => at < 3 || !tones.includes(part))
              .join(' ')
          : line,
      )
      .join('\r\n')
  }, callSid)
}

/** The softphone picked up. */
export async function callerAnswered(page: Page, callSid: string, sdp: string): Promise<void> {
  await page.evaluate(
    async ({ name, answer }) => {
      const caller = (globalThis as unknown as Callers).callers?.[name]
      await caller?.peer.setRemoteDescription({ type: 'answer', sdp: answer })
    },
    { name: callSid, answer: sdp },
  )
}

/** The softphone looks for another way; answers what the caller's end says to it. */
export async function callerOfferedAgain(
  page: Page,
  callSid: string,
  sdp: string,
): Promise<string> {
  return page.evaluate(
    async ({ name, offer }) => {
      const peer = (globalThis as unknown as Callers).callers?.[name]?.peer
      await peer?.setRemoteDescription({ type: 'offer', sdp: offer })
      await peer?.setLocalDescription(await peer.createAnswer())
      return peer?.localDescription?.sdp ?? ''
    },
    { name: callSid, offer: sdp },
  )
}

/** Listens to what the softphone sends for about a second of sound: is there any? */
export async function isSoundHeard(page: Page, callSid: string): Promise<boolean> {
  return page.evaluate(async (name) => {
    const caller = (globalThis as unknown as Callers).callers?.[name]
    if (caller === undefined) return false
    const received = async () => {
      const stats = [...(await caller.peer.getStats()).values()] as Record<string, unknown>[]
      return Number(stats.find(({ type }) => type === 'inbound-rtp')?.['packetsReceived'] ?? 0)
    }
    const samples = new Float32Array(caller.heard.fftSize)
    let loudest = 0
    const start = await received()
    for (let look = 0; look < 400 && (await received()) < start + 75; look += 1) {
      caller.heard.getFloatTimeDomainData(samples)
      loudest = Math.max(loudest, ...samples.map(Math.abs))
      await new Promise((next) => setTimeout(next, 20))
    }
    return loudest > 0.001
  }, callSid)
}
