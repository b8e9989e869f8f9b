import { useEffect, useState } from 'react'
import { useKeys } from '../../lib/keyboard.ts'

/** Whether the wall fills the screen, by `f` or the button; Escape leaves. */
export function useBigScreen(): { readonly isBig: boolean; readonly toggle: () => void } {
  const [isBig, setBig] = useState(false)

  function toggle(): void {
    setBig(!isBig)
    if (isBig) leaveFullScreen()
    else fillScreen()
  }

  useKeys({ f: toggle, ...(isBig && { escape: toggle }) })
  useEffect(() => {
    // The browser takes Escape for itself while it fills the screen.
    function onChange(): void {
      if (!document.fullscreenElement) setBig(false)
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      leaveFullScreen()
    }
  }, [])
  return { isBig, toggle }
}

function leaveFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
}

/** A browser may refuse, or not know how; the wall then still fills its window. */
function fillScreen(): void {
  const page: Partial<HTMLElement> = document.documentElement
  page.requestFullscreen?.().catch(() => undefined)
}
