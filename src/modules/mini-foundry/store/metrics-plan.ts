/** All reads that a set of metric queries needs, each once, in one batch; and the facts of each query from its answers. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Dimension } from '../domain/dashboard.ts'
import type { MetricQuery } from '../domain/metric-query.ts'
import { METRICS } from '../domain/metrics.ts'
import type { MetricFacts } from '../domain/metrics-answer.ts'
import { converter, type FxRate } from '../domain/metrics-currency.ts'
import type { RollupRow } from '../domain/metrics-totals.ts'
import { ratesFor } from './fx.ts'
import { dayRows, groupRows, rawRows } from './metrics.ts'

type Rows = Record<string, unknown>[]

/** One round trip for all of `queries`; the answer gives the facts of each of them. */
export async function readFacts(
  db: TenantDb,
  queries: readonly MetricQuery[],
  currency: string,
): Promise<(query: MetricQuery) => MetricFacts> {
  const reads = new Map<string, Query<unknown>>()
  const need = (read: Read) => {
    if (!reads.has(read.key)) reads.set(read.key, read.query(db))
  }
  for (const query of queries) for (const read of readsOf(query, currency, queries)) need(read)
  need(sourceNames)
  const answers = await db.getAll([...reads.values()])
  const found = new Map([...reads.keys()].map((key, index) => [key, (answers[index] ?? []) as Rows]))
  const rows = (read: Read | null) => (read ? (found.get(read.key) ?? []) : []) as unknown as RollupRow[]
  const labels = new Map(found.get(sourceNames.key)?.map((row) => [String(row.id), String(row.name)]))
  return (query) => {
    const now = partsOf(query, query.range, currency, queries)
    const before = query.compareRange && partsOf(query, query.compareRange, currency, queries)
    return {
      rows: pick(rows(now.days), 'all'),
      groups: pick(rows(now.groups), query.groupBy),
      compareRows: before ? pick(rows(before.days), 'all') : [],
      compareGroups: before ? pick(rows(before.groups), query.groupBy) : [],
      convert: converter(currency, rows(ratesRead(query, currency)) as unknown as FxRate[]),
      labels: query.groupBy === 'source' ? labels : new Map(),
    }
  }
}

interface Read {
  key: string
  query(db: TenantDb): Query<unknown>
}

interface Parts {
  days: Read
  groups: Read | null
}

const sourceNames: Read = {
  key: 'sources',
  query: (db) => db.sql('SELECT id, name FROM data_sources WHERE tenant_id = ?1'),
}

function readsOf(query: MetricQuery, currency: string, queries: readonly MetricQuery[]): Read[] {
  const now = partsOf(query, query.range, currency, queries)
  const before = query.compareRange && partsOf(query, query.compareRange, currency, queries)
  return [now.days, now.groups, before?.days, before?.groups, ratesRead(query, currency)].filter(
    (read) => read != null,
  )
}

/** The reads of one range. Two different dimensions at once are asked of the raw events. */
function partsOf(
  query: MetricQuery,
  range: DayRange,
  currency: string,
  queries: readonly MetricQuery[],
): Parts {
  const { book, filter, groupBy } = query
  const key = (...more: unknown[]) => JSON.stringify([book, range, ...more])
  if (filter && groupBy && filter.dimension !== groupBy) {
    const raw: Read = {
      key: key('raw', filter, groupBy),
      query: (db) => rawRows(db, book, range, filter, groupBy),
    }
    return { days: raw, groups: raw }
  }
  const only = filter?.value ?? null
  const withCustomers = groupBy !== null && wantsCustomers(queries, groupBy)
  return {
    days: { key: key('days', filter), query: (db) => dayRows(db, book, range, filter) },
    groups: groupBy && {
      key: key('groups', groupBy, only),
      query: (db) => groupRows(db, book, range, groupBy, only, { currency, withCustomers }),
    },
  }
}

const wantsCustomers = (queries: readonly MetricQuery[], groupBy: Dimension): boolean =>
  queries.some(
    (query) => query.groupBy === groupBy && query.metrics.some((metric) => METRICS[metric].distinct),
  )

/** Rates from the earliest to the latest day that the query looks at. */
function ratesRead(query: MetricQuery, currency: string): Read {
  const ranges = query.compareRange ? [query.range, query.compareRange] : [query.range]
  const range = {
    from: ranges.map(({ from }) => from).sort()[0] ?? query.range.from,
    to:
      ranges
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? query.range.to,
  }
  return {
    key: JSON.stringify(['rates', query.book, range]),
    query: (db) => ratesFor(db, query.book, range, currency),
  }
}

/** Raw reads answer the whole and the groups together; rollup reads only what was asked. */
function pick(rows: RollupRow[], dimension: string | null): RollupRow[] {
  const own = rows as (RollupRow & { dimension?: string })[]
  return own.filter((row) => row.dimension === undefined || row.dimension === dimension)
}
