/** Where a figure comes from: sources, calendar, currency and rates, and what is left out. */
import { numberFormat } from '../../../kit/format.ts'
import { Card } from '../../../views/card.tsx'
import { Day, Time } from '../../../views/time.tsx'
import type { Receipt, ReceiptRate } from '../domain/receipt.ts'
import { figure, type Reader } from './dashboard-words.ts'

export function ReceiptOrigin({ receipt, reader }: { receipt: Receipt; reader: Reader }) {
  const { metric, answer, range, sources, book, currency, rates } = receipt
  const left = answer.unconverted ?? []
  return (
    <Card title="Where it comes from">
      <dl class="space-y-3 text-sm">
        <div>
          <dt class="font-semibold">Sources</dt>
          {sources.length === 0 && (
            <dd>
              None yet.{' '}
              <a href="/foundry/sources" class="link">
                Connect one
              </a>
            </dd>
          )}
          {sources.map(({ name, last_sync_at, counts_as_sales }) => (
            <dd>
              {name}
              {counts_as_sales === 1 ? '' : ' (not counted as sales)'}
              {last_sync_at ? (
                <>
                  , read <Time at={last_sync_at} locale={reader.locale} timeZone={reader.timeZone} />
                </>
              ) : (
                ', not read yet'
              )}
            </dd>
          ))}
        </div>
        <div>
          <dt class="font-semibold">Days</dt>
          <dd>
            <Day day={range.from} locale={reader.locale} /> to <Day day={range.to} locale={reader.locale} />,
            in {receipt.time_zone}.{' '}
            {book === 'order_date'
              ? 'Everything of an order counts on the day of the order.'
              : 'Each sale, refund and change counts on the day it happened.'}
          </dd>
        </div>
        <div>
          <dt class="font-semibold">Currency</dt>
          <dd>
            {currency}. Other currencies are converted by the European Central Bank’s rate of the day, at most
            seven days old.
          </dd>
          {rateLines(rates, reader).map((line) => (
            <dd>{line}</dd>
          ))}
        </div>
        <div>
          <dt class="font-semibold">Left out</dt>
          <dd>{metric.note}</dd>
          {left.length > 0 && (
            <dd>
              Because no exchange rate is known:{' '}
              {left
                .map((rest) => figure({ unit: answer.unit, currency: rest.currency }, rest.total, reader))
                .join(', ')}
              .
            </dd>
          )}
        </div>
        <div>
          <dt class="font-semibold">In the API</dt>
          <dd>
            <code class="break-words text-xs">GET /modules/mini-foundry/metrics/{metric.id}/rows</code>
          </dd>
        </div>
      </dl>
    </Card>
  )
}

/** One line a currency: the rate, or the lowest and highest of several days. */
function rateLines(rates: readonly ReceiptRate[], { locale }: Reader): string[] {
  const format = numberFormat(locale, { maximumSignificantDigits: 6 })
  return Array.from(
    Map.groupBy(rates, ({ currency }) => currency),
    ([currency, of]) => {
      const known = of.flatMap(({ rate }) => rate ?? [])
      const missing = of.length - known.length
      const [low, high] = [Math.min(...known), Math.max(...known)]
      const range = low === high ? format.format(low) : `${format.format(low)} to ${format.format(high)}`
      const days = of.length === 1 ? `on ${of[0]?.day}` : `on ${of.length} days`
      if (known.length === 0) return `${currency}: no rate is known ${days}.`
      return `${currency}: 1 = ${range} ${days}${missing > 0 ? `, none on ${missing} of them` : ''}.`
    },
  )
}
