/** The shop's own figures by day, as its reports show them (ShopifyQL, research 4.1). */
import * as z from 'zod'
import { dayStart } from '../../kit/calendar/business-day.ts'
import { parseUnits } from '../../platform/money.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { ControlTotal, ReadContext } from '../../platform/source-reader.ts'
import type { ShopifyCalls } from './calls.ts'
import { TOTALS } from './documents.ts'

const MEASURES = ['gross_sales', 'discounts', 'returns', 'net_sales', 'orders'] as const

const totalsAnswer = z.object({
  shop: z.object({ ianaTimezone: z.string() }),
  shopifyqlQuery: z
    .object({
      parseErrors: z.array(z.string()).nullish(),
      tableData: z
        .object({
          columns: z.array(z.object({ name: z.string() })),
          rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
        })
        .nullish(),
    })
    .nullable(),
})

export async function shopifyTotals(
  calls: ShopifyCalls,
  days: { from: string; to: string },
  context: ReadContext,
): Promise<Result<ControlTotal[]>> {
  const query = `FROM sales SHOW ${MEASURES.join(', ')} TIMESERIES day SINCE ${days.from} UNTIL ${days.to} ORDER BY day`
  const answer = await calls.ask(TOTALS, { query }, context, totalsAnswer)
  if (!answer.ok) return answer
  const { ianaTimezone } = answer.value.shop
  if (!sameDays(ianaTimezone, context.timeZone, days)) {
    return fail(
      'conflict',
      'other-zone',
      `The shop counts its days in ${ianaTimezone} and this workspace in ${context.timeZone}, so no day of one is a day of the other. Set both to the same zone to check day by day.`,
    )
  }
  const found = answer.value.shopifyqlQuery
  const [fault] = found?.parseErrors ?? []
  if (fault || !found?.tableData) {
    return fail('invalid', 'totals-refused', `Shopify does not tell its totals: ${fault ?? 'no answer'}`)
  }
  return ok(
    found.tableData.rows.flatMap((row) =>
      MEASURES.flatMap((measure) => {
        const value = numberOf(row[measure])
        const day = String(row.day ?? '').slice(0, 10)
        if (value === null || day === '') return []
        return [
          {
            measure,
            day,
            currency: context.currency,
            value: measure === 'orders' ? Math.round(value / 10_000) : signed(measure, value),
          },
        ]
      }),
    ),
  )
}

/** Whether days begin at the same moments in both zones; two names may stand for one zone. */
const sameDays = (one: string, other: string, days: { from: string; to: string }): boolean =>
  one === other || [days.from, days.to].every((day) => dayStart(day, one) === dayStart(day, other))

/** Discounts and returns are told as negative amounts; ours are positive. */
const signed = (measure: string, units: number): number =>
  measure === 'discounts' || measure === 'returns' ? -units || 0 : units

function numberOf(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined) return null
  return parseUnits(String(value))
}
