import type { Language } from '#contracts/vocabulary'

/** The few words the first script needs before the rest has arrived. */
export const loaderMessages: Record<Language, { loading: string; failed: string; retry: string }> =
  {
    vi: {
      loading: 'Đang tải…',
      failed: 'Chưa tải được. Xin kiểm tra kết nối mạng.',
      retry: 'Thử lại',
    },
    en: {
      loading: 'Loading…',
      failed: 'This could not be loaded. Please check your connection.',
      retry: 'Try again',
    },
  }
