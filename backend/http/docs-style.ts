/** The looks of the page of documentation; no file from anywhere else. */
export const DOCS_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #fff; --sunken: #f2f0eb; --line: #e3e0d9;
  --ink: #1c2126; --ink-soft: #59626b; --accent: #0f6b5c; --accent-soft: #e1f0ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131618; --card: #1a1e21; --sunken: #101214; --line: #2b3136;
    --ink: #e9e7e2; --ink-soft: #a2abb3; --accent: #57bfa9; --accent-soft: #17322d;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 16px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; padding: 0 16px 48px; background: var(--paper); color: var(--ink);
  font: 16px/1.55 'Be Vietnam Pro', system-ui, sans-serif; overflow-wrap: anywhere;
}
header, .columns { max-width: 1120px; margin: 0 auto; }
header { padding: 24px 0 12px; }
main { min-width: 0; }
main:focus { outline: none; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 24px; line-height: 1.25; margin: 40px 0 8px; }
h3 { font-size: 18px; line-height: 1.35; margin: 0 0 8px; }
h4 { font-size: 14px; margin: 20px 0 6px; color: var(--ink-soft); }
h5 { font-size: 14px; margin: 12px 0 6px; color: var(--ink-soft); }
p { margin: 0 0 8px; max-width: 68ch; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font: 14px/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; }
pre {
  margin: 0 0 8px; padding: 12px; overflow-x: auto; overflow-wrap: normal;
  background: var(--sunken); border: 1px solid var(--line); border-radius: 5px;
}
small { display: inline-block; font-size: 13px; color: var(--ink-soft); }
ul { margin: 0; padding: 0; list-style: none; }
nav { margin: 0 0 8px; padding: 12px 0; border-block: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; }
nav a { display: inline-block; padding: 4px 0; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; padding: 8px 12px; background: var(--card); }
.door {
  margin: 16px 0; padding: 16px; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px;
}
.door:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.address b { padding: 2px 6px; border-radius: 4px; background: var(--accent-soft); font-size: 13px; }
.type { color: var(--ink-soft); font-size: 14px; }
.doors li { padding: 4px 0; }
.fields > li { padding: 8px 0; border-top: 1px solid var(--line); }
.fields > li:first-child { border-top: 0; }
li > code:first-child { font-weight: 600; }
.fields p { margin: 2px 0 0; }
.fields b, .status { font-size: 13px; font-weight: 600; }
.fields .fields { margin: 6px 0 0 4px; padding-left: 12px; border-left: 2px solid var(--line); }
.answer { margin: 0 0 8px; }
summary { cursor: pointer; padding: 4px 0; }
@media (min-width: 900px) {
  .columns { display: grid; grid-template-columns: 180px minmax(0, 1fr); gap: 32px; }
  nav { position: sticky; top: 16px; align-self: start; border: 0; }
  nav ul { display: block; }
}
`
