/** The query language of QuickBooks as its documents give it: no OR, no join, one entity. Throws what the vendor refuses. */
import type { Books, Thing } from './books.ts'

export class BadQuery extends Error {}

const SHAPE =
  /^select\s+(.+?)\s+from\s+(\w+)(?:\s+where\s+(.+?))?(?:\s+orderby\s+([\w.]+)(?:\s+(asc|desc))?)?(?:\s+startposition\s+(\d+))?(?:\s+maxresults\s+(\d+))?\s*$/i
const COMPARED = /^([\w.]+)\s*(=|<=|>=|<|>)\s*'([^']*)'$/
const LISTED = /^([\w.]+)\s+in\s+\(([^)]*)\)$/i
const LISTS_OF_NAMES = ['Account', 'Customer', 'Item']

export function answerQuery(books: Books, text: string): Record<string, unknown> {
  const match = SHAPE.exec(text)
  if (!match) throw new BadQuery(`Error parsing query: ${text}`)
  const [, columns = '', entity = '', where, order, direction, start = '1', max = '100'] = match
  const rows = books[entity]
  if (!rows) throw new BadQuery(`Invalid context declaration: ${entity}`)
  if (Number(max) > 1000) throw new BadQuery('MaxResults must not be above 1000')
  if (Number(start) < 1) throw new BadQuery('StartPosition begins at 1')
  const tests = where ? where.split(/\s+and\s+/i).map(testOf) : []
  const asksActive = /\bactive\b/i.test(where ?? '')
  const hidden = (row: Thing) => LISTS_OF_NAMES.includes(entity) && !asksActive && row.Active === false
  const found = rows.filter((row) => !hidden(row) && tests.every((test) => test(row)))
  if (/^count\(\*\)$/i.test(columns)) return { totalCount: found.length }
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1
  if (order) found.sort((a, b) => sign * compare(fieldOf(a, order), fieldOf(b, order)))
  const page = found.slice(Number(start) - 1, Number(start) - 1 + Number(max))
  if (page.length === 0) return {}
  const names = columns.split(',').map((name) => name.trim())
  const shown =
    columns === '*' ? page : page.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))
  return { [entity]: shown, startPosition: Number(start), maxResults: page.length }
}

function testOf(text: string): (row: Thing) => boolean {
  const listed = LISTED.exec(text.trim())
  if (listed) {
    const [, field = '', list = ''] = listed
    const values = list.split(',').map((value) => value.trim().replace(/^'|'$/g, ''))
    return (row) => values.includes(String(fieldOf(row, field)))
  }
  const compared = COMPARED.exec(text.trim())
  if (!compared) throw new BadQuery(`Error parsing query near: ${text}`)
  const [, field = '', operator, value = ''] = compared
  return (row) => {
    const order = compare(fieldOf(row, field), value)
    if (operator === '=') return order === 0
    if (operator === '<') return order < 0
    if (operator === '>') return order > 0
    return operator === '<=' ? order <= 0 : order >= 0
  }
}

const fieldOf = (row: Thing, field: string): unknown =>
  field.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], row)

/** Times by the instant they name, whatever their offset. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((value) => {
    const text = String(value)
    return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : text
  })
  if (left === right) return 0
  return (left ?? '') < (right ?? '') ? -1 : 1
}
