/** A Vietnamese number as people dial it: `0912 345 678`. Others, and masked ones, stay as they are. */
export function dialled(phone: string): string {
  return phone.replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3')
}
