import type { HotlinePreview, HotlineSettings } from '#contracts/hotline'

/** The hotline as an administrator may have set it. */
export const HOTLINE_SETTINGS: HotlineSettings = {
  texts: {
    greeting: {
      vi: 'Xin chào quý vị. Đây là tổng đài 1022.',
      en: 'Welcome to the 1022 hotline.',
    },
  },
  menu: [
    { key: '1', action: 'leave-report', words: { vi: ['phản ánh'], en: ['report'] } },
    { key: '3', action: 'agent', words: { vi: ['tổng đài viên'], en: ['agent'] } },
  ],
  emergencyWords: ['cấp cứu', 'emergency'],
  hours: 'office',
  queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
  isTranscribed: false,
  outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 },
  recordings: { keepDays: 365 },
}

/** One sentence of the preview. */
export const HOTLINE_PREVIEW: HotlinePreview = {
  isOpen: true,
  spoken: [
    {
      name: 'position',
      lang: 'en',
      text: 'You are number 3 in the line.',
      product: 'You are number {position} in the line.',
    },
  ],
}
