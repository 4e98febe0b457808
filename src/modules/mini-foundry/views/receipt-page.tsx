/** The receipt of a figure: how it is worked out, from where, and the rows that add up to it. */
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { type Receipt, type ReceiptMeasure, workedOut } from '../domain/receipt.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { asOfWords, figure, type Reader, rangeWords } from './dashboard-words.ts'
import { DIMENSION_WORDS } from './metric-words.ts'
import { ReceiptOrigin } from './receipt-origin.tsx'
import { ReceiptRows, ReceiptSum } from './receipt-rows.tsx'
import { type ReceiptAddress, receiptHref } from './receipt-words.ts'

export interface ReceiptPageProps {
  receipt: Receipt
  /** True on pages after the first. */
  later: boolean
  reader: Reader
}

const addressOf = ({ metric, range, filters, book, as_of }: Receipt): ReceiptAddress => ({
  ...{ metric: metric.id, range, filters, book, asOf: as_of },
})

export function ReceiptPage({ receipt, later, reader }: ReceiptPageProps) {
  const { metric, measure, next_cursor } = receipt
  const address = addressOf(receipt)
  const ofMeasure = { ...address, measure: measure?.id }
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title={`Receipt: ${metric.name}`}
        lead={metric.meaning}
        crumbs={[
          { href: '/foundry/metrics', label: 'Metrics' },
          { href: `/foundry/metrics/${metric.id}`, label: metric.name },
        ]}
        actions={<LinkButton href={receiptHref(address, '.csv')}>All rows as CSV</LinkButton>}
      />
      <ReceiptForm receipt={receipt} reader={reader} />
      <div class="grid gap-4 lg:grid-cols-3">
        <div class="min-w-0 space-y-4 lg:col-span-2">
          <WorkedOut receipt={receipt} reader={reader} />
          {measure && (
            <Card
              title={`Rows of ${measure.title.toLowerCase()}`}
              lead={`${measure.note} ${measure.basis}`}
              id="rows"
            >
              <MeasureLinks receipt={receipt} measure={measure} />
              {measure.has_rows && (
                <>
                  <ReceiptSum receipt={receipt} measure={measure} reader={reader} />
                  <ReceiptRows receipt={receipt} measure={measure} reader={reader} />
                  <Pagination
                    next={next_cursor && `${receiptHref({ ...ofMeasure, cursor: next_cursor })}#rows`}
                    first={later ? `${receiptHref(ofMeasure)}#rows` : null}
                  />
                </>
              )}
            </Card>
          )}
        </div>
        <ReceiptOrigin receipt={receipt} reader={reader} />
      </div>
    </>
  )
}

/** Other days, another book; filters go along and can be taken away. */
function ReceiptForm({ receipt, reader }: { receipt: Receipt; reader: Reader }) {
  const { metric, range, filters, book, sources, as_of } = receipt
  const address = addressOf(receipt)
  return (
    <search class="mb-4 block">
      <form method="get" action="/foundry/receipts" class="flex flex-wrap items-end gap-2">
        <input type="hidden" name="metric" value={metric.id} />
        {filters.map(({ dimension, value }) => (
          <input type="hidden" name="filter" value={`${dimension}:${value}`} />
        ))}
        {as_of && <input type="hidden" name="as_of" value={as_of} />}
        {(['from', 'to'] as const).map((name) => (
          <label class="flex flex-col gap-1 text-xs">
            <span>{name === 'from' ? 'First day' : 'Last day'}</span>
            <input type="date" name={name} value={range[name]} class="input input-sm" />
          </label>
        ))}
        <label class="flex flex-col gap-1 text-xs">
          <span>Counts on the day</span>
          <select name="book" class="select select-sm">
            <option value="order_date" selected={book === 'order_date'}>
              of the order
            </option>
            <option value="event_date" selected={book === 'event_date'}>
              it happened
            </option>
          </select>
        </label>
        <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
          Show
        </button>
      </form>
      {as_of && (
        <p class="mt-2 text-sm">
          {asOfWords(as_of, reader)}{' '}
          <a class="link" href={receiptHref({ ...address, asOf: null })}>
            Show as it is now
          </a>
        </p>
      )}
      {filters.length > 0 && (
        <ul class="mt-2 flex flex-wrap gap-3 text-sm" aria-label="Filtered by">
          {filters.map((filter) => (
            <li>
              {DIMENSION_WORDS[filter.dimension]}: {valueWords(filter, sources)}{' '}
              <a
                class="link"
                href={receiptHref({ ...address, filters: filters.filter((other) => other !== filter) })}
              >
                Take away
              </a>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}

const valueWords = ({ dimension, value }: Receipt['filters'][number], sources: Receipt['sources']): string =>
  (dimension === 'source' && sources.find(({ id }) => id === value)?.name) || value || 'unknown'

const say = (
  { unit, value }: Pick<ReceiptMeasure, 'unit' | 'value'>,
  { currency }: Receipt,
  reader: Reader,
) => figure({ unit, currency }, value, reader)

function WorkedOut({ receipt, reader }: { receipt: Receipt; reader: Reader }) {
  const { answer, metric, measures, range, stale } = receipt
  const titles = new Map(measures.map(({ id, title }) => [id, title]))
  const plain = workedOut(metric, (id) => titles.get(id) ?? id)
  const words = workedOut(metric, (id) => {
    const measure = measures.find((known) => known.id === id)
    return measure ? `${measure.title} (${say(measure, receipt, reader)})` : id
  })
  return (
    <Card title={rangeWords(range, reader)}>
      <p class="font-semibold text-3xl tabular-nums">{figure(answer, answer.total, reader)}</p>
      {metric.custom?.problem ? (
        <p class="mt-2">It has no value: {metric.custom.problem}</p>
      ) : (
        <p class="mt-2">= {words}</p>
      )}
      {metric.words !== plain && <p class="mt-1 text-base-content/75 text-sm">{metric.words}</p>}
      {stale && <p class="mt-2 text-sm">Some data is being added up right now; the figure may move.</p>}
    </Card>
  )
}

function MeasureLinks({ receipt, measure }: { receipt: Receipt; measure: ReceiptMeasure }) {
  if (receipt.measures.length < 2) return null
  return (
    <nav aria-label="Parts of the formula" class="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {receipt.measures.map(({ id, title }) => (
        <a
          class={id === measure.id ? 'font-semibold' : 'link'}
          aria-current={id === measure.id ? 'true' : undefined}
          href={`${receiptHref({ ...addressOf(receipt), measure: id })}#rows`}
        >
          {title}
        </a>
      ))}
    </nav>
  )
}
