/** Rows of advertising spend. */
import {
  CellProblem,
  MAX_ID,
  type Row,
  type RowContext,
  type RowFacts,
  readCurrency,
  readDay,
  readNumber,
  readText,
} from './row.ts'

/** The day, channel and campaign of a row; several rows of one (ad sets) are told apart by their running number. */
export function spendKeyOf(row: Row, context: RowContext): string | CellProblem {
  const day = readDay(row, 'date', context)
  if (day instanceof CellProblem) return day
  if (day === null)
    return new CellProblem('date', '', 'This row has no day. Add it and import the row again.')
  const channel = readText(row, 'channel', MAX_ID) ?? 'Unknown'
  return [day, channel, readText(row, 'campaign', MAX_ID) ?? ''].join('|')
}

export function readSpendRow(
  row: Row,
  key: string,
  position: number,
  context: RowContext,
): RowFacts | CellProblem {
  const currency = readCurrency(row, context)
  const spend = readNumber(row, 'spend', context)
  const clicks = readNumber(row, 'clicks', context)
  const impressions = readNumber(row, 'impressions', context)
  if (currency instanceof CellProblem) return currency
  if (spend instanceof CellProblem) return spend
  if (clicks instanceof CellProblem) return clicks
  if (impressions instanceof CellProblem) return impressions
  if (spend === null)
    return new CellProblem('spend', '', 'This row has no amount. Add it and import the row again.')
  const channel = readText(row, 'channel', MAX_ID)
  return {
    facts: {
      spend: [
        {
          extId: position === 1 ? key : `${key}#${position}`,
          srcUpdatedAt: context.srcUpdatedAt,
          day: key.slice(0, 10),
          channel: channel ?? 'Unknown',
          campaign: readText(row, 'campaign', MAX_ID) ?? '',
          spend: spend.units,
          clicks: whole(clicks?.units),
          impressions: whole(impressions?.units),
          currency,
        },
      ],
    },
    notes: channel === null ? ['channel-missing'] : [],
  }
}

const whole = (units: number | undefined): number | null =>
  units === undefined ? null : Math.round(units / 10_000)
