/** A case's code as people read it aloud: `2611 048 273`. */
export function spacedCode(code: string): string {
  return code.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')
}
