import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './dialog.css'

/** A window over the page: it holds the focus, Escape closes it, and the focus goes back. */
export function DialogFrame(props: {
  readonly title: string
  readonly size?: 'md' | 'xl' | 'auto'
  readonly onClose: () => void
  /** Left and right, for what is looked through. */
  readonly onStep?: (step: 1 | -1) => void
  readonly children: ReactNode
}): ReactNode {
  const { t } = useTranslation()
  return (
    <Modal.Root
      opened
      centered
      size={props.size ?? 'md'}
      transitionProps={{ duration: 120 }}
      onClose={props.onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') props.onStep?.(-1)
        if (event.key === 'ArrowRight') props.onStep?.(1)
      }}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content radius="lg">
        {/* Otherwise the page would have a second banner. */}
        <Modal.Header role="presentation">
          <Modal.Title className="dialog-title">{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={t('app.close')} />
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
