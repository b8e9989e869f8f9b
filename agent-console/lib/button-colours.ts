/** Colours of filled buttons, by name; the theme gives each its ink. */
export const ACCENT = 'jade'
/** For what cannot be taken back. */
export const URGENT = 'urgent'
