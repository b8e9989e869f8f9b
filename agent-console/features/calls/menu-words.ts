import { useTranslation } from 'react-i18next'

const SIMPLE = {
  'menu:given-up': 'givenUp',
  'language:vi': 'language.vi',
  'language:en': 'language.en',
  emergency: 'emergency',
  queue: 'queue',
  'queue:full': 'full',
  'leave-report': 'leaveReport',
  'call-back': 'callBack',
  'status:heard': 'statusHeard',
} as const

const KEY = 'menu:'
const WRONG_CODE = 'status:wrong:'

/** What a caller did in the hotline's menu, step by step, in words; of a step unknown here, its name. */
export function useMenuWords(): (step: string) => string {
  const { t } = useTranslation()
  return (step) => {
    const known = Object.entries(SIMPLE).find(([name]) => name === step)?.[1]
    if (known) return t(`telephone.record.menu.${known}`)
    if (step.startsWith(KEY)) {
      return t('telephone.record.menu.key', { key: step.slice(KEY.length) })
    }
    if (step.startsWith(WRONG_CODE)) {
      return t('telephone.record.menu.statusWrong', { nth: step.slice(WRONG_CODE.length) })
    }
    return step
  }
}
