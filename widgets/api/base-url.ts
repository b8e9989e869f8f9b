/** The origin these scripts came from, wherever they are embedded: the API lives there. */
export const baseUrl = new URL(/* @vite-ignore */ '/', import.meta.url)

/** Whether the page that shows the widgets is somebody else's. */
export function isForeignPage(): boolean {
  return baseUrl.origin !== location.origin
}
