import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Dialog } from '../../components/dialog.tsx'

/** Asks before unsaved changes are left behind: by a link, a key, the back button, or closing the page. */
export function LeaveGuard(props: { readonly isDirty: boolean }): ReactNode {
  const { t } = useTranslation()
  const { isDirty } = props
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!isDirty) return
    function onBeforeUnload(event: BeforeUnloadEvent): void {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', onBeforeUnload)
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload)
    }
  }, [isDirty])
  if (blocker.state !== 'blocked') return null
  return (
    <Dialog
      isDangerous
      title={t('hotline.leave.title')}
      hint={t('hotline.leave.hint')}
      submitLabel={t('hotline.leave.leave')}
      cancelLabel={t('hotline.leave.stay')}
      onSubmit={() => {
        blocker.proceed()
      }}
      onClose={() => {
        blocker.reset()
      }}
    />
  )
}
