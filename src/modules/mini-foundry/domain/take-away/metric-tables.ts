/** Tables of the file beside facts: metrics, and the words that say how the file is to be read. */
import { columnsOf } from './column.ts'

export const METRIC_COLUMNS = columnsOf(
  'metric name group_name unit formula words meaning note less_is_better:flag custom:flag dimensions',
)

/** `value` as pages show it, exact; `number` for reckoning. */
export const METRIC_DAY_COLUMNS = columnsOf('day metric unit currency value number:real')

/** The rows of the table `about`. */
export function aboutRows(
  workspace: { name: string; currency: string; timeZone: string },
  begunAt: string,
  endedAt: string,
): string[][] {
  return [
    ['workspace', workspace.name],
    ['currency', workspace.currency],
    ['time_zone', workspace.timeZone],
    ['begun_at', begunAt],
    ['ended_at', endedAt],
    [
      'amounts',
      'Decimal text in the currency of the row; the column that ends in _e4 holds the same in 1/10,000.',
    ],
    ['days', 'ISO dates in the time zone of the workspace. Instants are ISO 8601 UTC.'],
    ['deleted', 'Rows with deleted_at are gone at their source and count in no figure.'],
    [
      'keys',
      'A row is found by source_id and ext_id; columns that end in _ext_id lead to the ext_id of another table with the same source_id.',
    ],
  ]
}
