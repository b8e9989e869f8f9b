const light = `
  --paper: #faf9f6; --card: #ffffff; --sunken: #f2f0eb; --line: #e3e0d9; --edge: #8b8f8a;
  --ink: #1c2126; --ink-soft: #59626b;
  --accent: #0f6b5c; --accent-ink: #ffffff; --accent-soft: #e1f0ec;
  --urgent: #b3261e; --urgent-soft: #fbe9e7; --warn: #8a5200; --warn-soft: #fdf1dc;
  --good: #1a6e43; --good-soft: #e3f3ea; --info: #2457a6; --info-soft: #e6eefb;
  color-scheme: light;`

const dark = `
  --paper: #131618; --card: #1a1e21; --sunken: #101214; --line: #2b3136; --edge: #6d767e;
  --ink: #e9e7e2; --ink-soft: #a2abb3;
  --accent: #57bfa9; --accent-ink: #08211c; --accent-soft: #17322d;
  --urgent: #ff8a80; --urgent-soft: #3a1a18; --warn: #f0b35b; --warn-soft: #33260f;
  --good: #6fcf97; --good-soft: #14301f; --info: #8fb4f0; --info-soft: #16253c;
  color-scheme: dark;`

const scales = `
  --font: 'Be Vietnam Pro', system-ui, sans-serif;
  --size-1: 12px; --size-2: 13px; --size-3: 14px; --size-4: 16px; --size-5: 20px; --size-6: 28px;
  --space-1: 4px; --space-2: 8px; --space-3: 12px; --space-4: 16px; --space-5: 24px; --space-6: 32px;
  --radius: 10px; --radius-small: 6px; --target: 48px;
  --focus: 0 0 0 2px var(--card), 0 0 0 4px var(--accent);`

/** The visual tokens as a style sheet; `data-theme` on the root picks a theme, else the device does. */
export function tokenSheet(root: ':root' | ':host'): string {
  const themed = (theme: string) =>
    root === ':host' ? `:host([data-theme='${theme}'])` : `:root[data-theme='${theme}']`
  const unthemed =
    root === ':host' ? ":host(:not([data-theme='light']))" : ":root:not([data-theme='light'])"
  return `${root} {${scales}${light}}
@media (prefers-color-scheme: dark) { ${unthemed} {${dark}} }
${themed('dark')} {${dark}}`
}
