import { Component, type ReactNode } from 'react'

/** Shows `fallback` where what it holds crashed, instead of a white page. */
export class ErrorBoundary extends Component<
  { readonly fallback: ReactNode; readonly children: ReactNode },
  { readonly isCrashed: boolean }
> {
  override state = { isCrashed: false }

  static getDerivedStateFromError(): { isCrashed: boolean } {
    return { isCrashed: true }
  }

  override render(): ReactNode {
    return this.state.isCrashed ? this.props.fallback : this.props.children
  }
}
