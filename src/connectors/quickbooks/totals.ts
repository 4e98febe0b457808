/** Income by day as QuickBooks' own profit and loss says: ours must be the same. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ControlTotal, ReadContext } from '../../platform/source-reader.ts'
import { unreadable } from '../vendor-call.ts'
import type { QuickbooksCalls } from './calls.ts'
import { unitsOf } from './exact.ts'

const columnData = z.array(z.object({ value: z.string().default('') }))
const rowSchema = z.looseObject({
  group: z.string().optional(),
  Summary: z.object({ ColData: columnData }).optional(),
  ColData: columnData.optional(),
})
const reportSchema = z.object({
  Header: z.looseObject({ Currency: z.string().optional() }),
  Columns: z.object({
    Column: z.array(
      z.looseObject({
        ColType: z.string().default(''),
        MetaData: z.array(z.object({ Name: z.string(), Value: z.string().default('') })).default([]),
      }),
    ),
  }),
  // a company without any has no rows at all
  Rows: z.object({ Row: z.array(rowSchema).default([]) }).default({ Row: [] }),
})
type QbReport = z.infer<typeof reportSchema>

/** By the day of the transaction, as billed (accrual), like the ledger here. */
export async function quickbooksTotals(
  calls: QuickbooksCalls,
  days: { from: string; to: string },
  context: ReadContext,
): Promise<Result<ControlTotal[]>> {
  const query = {
    start_date: days.from,
    end_date: days.to,
    summarize_column_by: 'Days',
    accounting_method: 'Accrual',
  }
  const answer = await calls.get('reports/ProfitAndLoss', query, context)
  if (!answer.ok) return answer
  const report = reportSchema.safeParse(answer.value)
  if (!report.success) return unreadable('QuickBooks')
  const currency = report.data.Header.Currency ?? context.currency
  return ok(
    [...byDay(report.data, 'Income')].map(([day, value]) => ({ measure: 'income', day, currency, value })),
  )
}

/** The summary of a group of rows, by the day of its column; columns without a single day (the total) are left out. */
export function byDay(report: QbReport, group: string): Map<string, number> {
  const row = report.Rows.Row.find((one) => one.group === group)
  const cells = row?.Summary?.ColData ?? row?.ColData ?? []
  const totals = new Map<string, number>()
  report.Columns.Column.forEach((column, n) => {
    const named = (name: string) => column.MetaData.find(({ Name }) => Name === name)?.Value
    const day = named('StartDate')
    // an empty cell is a day without any
    if (day && day === named('EndDate')) totals.set(day, unitsOf(cells[n]?.value || '0'))
  })
  return totals
}
