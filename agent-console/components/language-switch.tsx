import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { screenLanguage } from '../i18n/setup.ts'

/** Vietnamese or English, at once and for next time. */
export function LanguageSwitch(): ReactNode {
  const { t, i18n } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('profile.language')}
      value={screenLanguage(i18n)}
      onChange={(language) => void i18n.changeLanguage(language)}
      data={[
        { value: 'vi', label: 'Tiếng Việt' },
        { value: 'en', label: 'English' },
      ]}
    />
  )
}
