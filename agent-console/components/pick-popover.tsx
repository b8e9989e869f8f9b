import { Button, Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'

/** A button that opens something to pick a text from; picking closes it. */
export function PickPopover(props: {
  readonly label: string
  readonly width: number
  readonly onPick: (text: string) => void
  /** What is picked from; made only while it is open. */
  readonly children: (onPick: (text: string) => void) => ReactNode
}): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width={props.width}
      position="top-start"
      trapFocus
      returnFocus={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {props.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {props.children((text) => {
          setOpen(false)
          props.onPick(text)
        })}
      </Popover.Dropdown>
    </Popover>
  )
}
