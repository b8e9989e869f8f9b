/** What an embedding page said on the element, as written there. */
export interface WidgetSettings {
  readonly lang: string | null
  readonly theme: string | null
  readonly unit: string | null
  readonly code: string | null
}
