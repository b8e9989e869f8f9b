import {
  Button,
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Notification,
  Textarea,
} from '@mantine/core'
import { URGENT } from '../lib/button-colours.ts'

// The components need ten shades; what is seen comes from the tokens through the variables below.
const jade: MantineColorsTuple = [
  '#e1f0ec',
  '#c6e2db',
  '#9ccdc1',
  '#6fb6a6',
  '#57bfa9',
  '#2b8a78',
  '#0f6b5c',
  '#0b5548',
  '#084036',
  '#052b24',
]

const ACCENT_BUTTON = {
  background: 'var(--accent)',
  hover: 'var(--accent-hover)',
  color: 'var(--accent-ink)',
}
const URGENT_BUTTON = {
  background: 'var(--urgent)',
  hover: 'var(--urgent)',
  color: 'var(--card)',
}

// Lightest to darkest; inputs and outlines take theirs from here in the dark theme.
const night: MantineColorsTuple = [
  '#e9e7e2',
  '#c4c9cd',
  '#a2abb3',
  '#6f7880',
  '#3a4147',
  '#22272b',
  '#101214',
  '#1a1e21',
  '#131618',
  '#0c0e10',
]

/** Mantine dressed in the tokens. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: {
    xs: 'var(--size-1)',
    sm: 'var(--size-2)',
    md: 'var(--size-3)',
    lg: 'var(--size-4)',
    xl: 'var(--size-5)',
  },
  spacing: {
    xs: 'var(--space-2)',
    sm: 'var(--space-3)',
    md: 'var(--space-4)',
    lg: 'var(--space-5)',
    xl: 'var(--space-6)',
  },
  radius: { sm: 'var(--radius-small)', md: 'var(--radius)', lg: '12px' },
  defaultRadius: 'md',
  primaryColor: 'jade',
  primaryShade: { light: 6, dark: 4 },
  colors: { jade, dark: night },
  // The accent is pale in the dark theme: white on it could not be read.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    if (input.variant !== 'filled') return resolved
    return { ...resolved, ...(input.color === URGENT ? URGENT_BUTTON : ACCENT_BUTTON) }
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { variant: 'filled' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } }),
    Notification: Notification.extend({ defaultProps: { withCloseButton: false, role: 'status' } }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true, minRows: 3, maxRows: 12 } }),
  },
})

const colours = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--urgent)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-soft)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-color-jade-filled': 'var(--accent)',
  '--mantine-color-jade-filled-hover': 'var(--accent-hover)',
  '--mantine-color-jade-light': 'var(--accent-soft)',
  '--mantine-color-jade-light-hover': 'var(--accent-soft)',
  '--mantine-color-jade-light-color': 'var(--accent)',
}

/** Both themes point at the tokens, which change with the theme themselves. */
export const tokenColours: CSSVariablesResolver = () => ({
  variables: {},
  light: colours,
  dark: colours,
})
