/** The facts of metric queries: all that they need, each read once, in one batch. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { MetricQuery } from '../domain/metric-query.ts'
import type { MetricFacts } from '../domain/metrics-answer.ts'
import { type MetricBook, metricBook } from '../domain/metrics-book.ts'
import { converter, type FxRate } from '../domain/metrics-currency.ts'
import type { MeasureRow, RangeRows, RollupRow } from '../domain/metrics-rows.ts'
import { ratesOf } from './fx.ts'
import { type Parts, Plan, type Read, sourceNames, spanOf } from './metrics-reads.ts'

type Rows = Record<string, unknown>[]

/** One round trip for all of `queries` (a second one for rates, where measures hold other currencies). */
export async function readFacts(
  db: TenantDb,
  queries: readonly MetricQuery[],
  currency: string,
  book: MetricBook = metricBook(),
): Promise<(query: MetricQuery) => MetricFacts> {
  const plan = new Plan(queries, currency, book)
  const reads = new Map<string, Query<unknown>>()
  for (const query of queries) for (const read of plan.readsOf(query)) reads.set(read.key, read.query(db))
  const answers = await db.getAll([...reads.values()])
  const found = new Map([...reads.keys()].map((key, index) => [key, (answers[index] ?? []) as Rows]))
  const rows = <T>(read: Read | null): T[] => (read ? (found.get(read.key) ?? []) : []) as T[]
  const more = await missingRates(db, queries, plan, rows, currency)
  const names = new Map(rows<{ id: string; name: string }>(sourceNames).map(({ id, name }) => [id, name]))
  return (query) => {
    const now = plan.partsOf(query, query.range)
    const before = query.compareRange && plan.partsOf(query, query.compareRange)
    return {
      rows: wholeOf(now, rows),
      groups: groupsOf(now, query, rows),
      compareRows: before && wholeOf(before, rows),
      compareGroups: before ? groupsOf(before, query, rows) : new Map(),
      convert: converter(currency, [...rows<FxRate>(plan.ratesOf(query)), ...more]),
      labels: query.groupBy === 'source' ? names : new Map(),
    }
  }
}

type RowsOf = <T>(read: Read | null) => T[]

const wholeOf = (parts: Parts, rows: RowsOf): RangeRows => ({
  sales: pick(rows<RollupRow>(parts.sales), 'all'),
  measures: parts.measures.flatMap((read) => rows<MeasureRow>(read)),
  opening: parts.opening.flatMap((read) => rows<MeasureRow>(read)),
})

function groupsOf(parts: Parts, query: MetricQuery, rows: RowsOf): Map<string, RangeRows> {
  if (!query.groupBy) return new Map()
  const sales = Map.groupBy(pick(rows<RollupRow>(parts.salesGroups), query.groupBy), ({ value }) => value)
  const measures = Map.groupBy(
    parts.groupMeasures.flatMap((read) => rows<MeasureRow>(read)),
    ({ value }) => value,
  )
  const opening = Map.groupBy(
    parts.groupOpening.flatMap((read) => rows<MeasureRow>(read)),
    ({ value }) => value,
  )
  const values = new Set([...sales.keys(), ...measures.keys(), ...opening.keys()])
  return new Map(
    Array.from(values, (value) => [
      value,
      {
        sales: sales.get(value) ?? [],
        measures: measures.get(value) ?? [],
        opening: opening.get(value) ?? [],
      },
    ]),
  )
}

/** Raw reads answer the whole and the groups together; rollup reads only what was asked. */
function pick(rows: RollupRow[], dimension: string): RollupRow[] {
  const own = rows as (RollupRow & { dimension?: string })[]
  return own.filter((row) => row.dimension === undefined || row.dimension === dimension)
}

/** Rates of currencies that came with measures: known only after they are read, and seldom needed. */
async function missingRates(
  db: TenantDb,
  queries: readonly MetricQuery[],
  plan: Plan,
  rows: RowsOf,
  currency: string,
): Promise<FxRate[]> {
  const foreign = new Set<string>()
  for (const query of queries) {
    for (const range of [query.range, query.compareRange]) {
      const parts = range && plan.partsOf(query, range)
      for (const read of parts
        ? [...parts.measures, ...parts.opening, ...parts.groupMeasures, ...parts.groupOpening]
        : []) {
        for (const row of rows<MeasureRow>(read))
          if (row.currency && row.currency !== currency) foreign.add(row.currency)
      }
    }
  }
  if (foreign.size === 0) return []
  const spans = queries.map(spanOf)
  const from = spans.map((span) => span.from).sort()[0] ?? ''
  const to =
    spans
      .map((span) => span.to)
      .sort()
      .at(-1) ?? ''
  return db.get(ratesOf(db, [...foreign, currency], { from, to }))
}
