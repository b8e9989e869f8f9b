import type { Row } from './row.ts'

const HEAD = ['name', 'value', 'unit', 'baseline', 'value', 'ratio']
/** Columns that hold numbers, which stand under each other by their end. */
const NUMBERS = [1, 4, 5]

/** The rows as one aligned table, and below it what bounds them. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => width(cells[column]))))
  const [head = '', ...body] = lines.map((cells) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0, NUMBERS.includes(column)))
      .join('  ')
      .trimEnd(),
  )
  const rule = '─'.repeat(widths.reduce((sum, each) => sum + each + 2, -2))
  return [head, rule, ...body, '', ...boundsOf(rows)].join('\n')
}

function cellsOf({ name, value, unit, baseline }: Row): string[] {
  if (baseline === null) return [name, shown(value), unit, '', '', '']
  const ratio = `${(value / baseline.value).toFixed(2)}×`
  return [name, shown(value), unit, baseline.name, shown(baseline.value), ratio]
}

/** Three figures that count, more only where the number itself is longer. */
function shown(value: number): string {
  const size = Math.abs(value)
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toFixed(decimals)
}

/** Every sentence once, under the first row it is about. */
function boundsOf(rows: readonly Row[]): string[] {
  const bounded = rows.filter(({ bound }, index) => {
    const isNew = rows.findIndex((row) => row.bound === bound) === index
    return bound !== undefined && isNew
  })
  return bounded.map(({ name, bound = '' }) => `- ${name}: ${bound}`)
}

function pad(cell: string, columns: number, isNumber: boolean): string {
  const space = ' '.repeat(columns - width(cell))
  return isNumber ? space + cell : cell + space
}

function width(cell = ''): number {
  return [...cell.normalize('NFC')].length
}
