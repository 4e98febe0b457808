/** One line of CSV (RFC 4180); a cell that a spreadsheet would run as a formula is disarmed with a quote. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number | null): string {
  const text = String(cell ?? '')
  const safe =
    typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
