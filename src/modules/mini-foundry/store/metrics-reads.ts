/** Which reads answer which question: sales from rollups or raw events, other measures from theirs, and rates. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { daysUntil, openingDay } from '../domain/as-of.ts'
import type { Measure } from '../domain/measures.ts'
import type { MetricQuery } from '../domain/metric-query.ts'
import type { MetricBook } from '../domain/metrics-book.ts'
import { isOfSales, whyNot } from '../domain/metrics-support.ts'
import { ratesFor } from './fx.ts'
import { measureRows, openingRows, snapshotRows } from './measures.ts'
import { dayRows, groupRows, rawRows } from './metrics.ts'

export interface Read {
  key: string
  query(db: TenantDb): Query<unknown>
}

/** The reads of one range; null where the query needs none of it. */
export interface Parts {
  sales: Read | null
  salesGroups: Read | null
  measures: Read[]
  opening: Read[]
  groupMeasures: Read[]
  groupOpening: Read[]
}

export const sourceNames: Read = {
  key: 'sources',
  query: (db) => db.sql('SELECT id, name FROM data_sources WHERE tenant_id = ?1'),
}

/** What a set of questions needs together, so that each thing is read once. */
export class Plan {
  readonly #queries: readonly MetricQuery[]
  readonly #currency: string
  readonly #book: MetricBook

  constructor(queries: readonly MetricQuery[], currency: string, book: MetricBook) {
    this.#queries = queries
    this.#currency = currency
    this.#book = book
  }

  readsOf(query: MetricQuery): Read[] {
    const ranges = query.compareRange ? [query.range, query.compareRange] : [query.range]
    const reads = ranges.flatMap((range) => {
      const { sales, salesGroups, ...lists } = this.partsOf(query, range)
      return [sales, salesGroups, ...Object.values(lists).flat()].filter((read) => read !== null)
    })
    return [
      ...reads,
      ...(this.ratesOf(query) ? [this.ratesOf(query) as Read] : []),
      ...(query.groupBy === 'source' ? [sourceNames] : []),
    ]
  }

  partsOf(query: MetricQuery, range: DayRange): Parts {
    const [sales, salesGroups] = this.#wants(query, 'sales') ? this.#salesOf(query, range) : [null, null]
    return { sales, salesGroups, ...this.#measuresOf(query, range) }
  }

  /** Rates from the earliest to the latest day that the query looks at. */
  ratesOf(query: MetricQuery): Read | null {
    if (!this.#wants(query, 'sales')) return null
    const range = spanOf(query)
    return {
      key: JSON.stringify(['rates', query.book, range]),
      query: (db) => ratesFor(db, query.book, range, this.#currency),
    }
  }

  /** Sales: two different dimensions at once, and a look back, are asked of the raw events. */
  #salesOf(query: MetricQuery, range: DayRange): [Read, Read | null] {
    const { book, filters, groupBy, asOf } = query
    const key = (...more: unknown[]) => JSON.stringify([book, range, ...more])
    const dimensions = new Set([...filters.map(({ dimension }) => dimension), ...(groupBy ? [groupBy] : [])])
    const withCustomers = (by: string | null) => this.#wantsCustomers(by, query, range)
    if (asOf || filters.length > 1 || (filters.length > 0 && dimensions.size > 1)) {
      const raw: Read = {
        key: key('raw', filters, groupBy, asOf),
        query: (db) => rawRows(db, query, range),
      }
      return [raw, groupBy && raw]
    }
    const [filter = null] = filters
    const days: Read = {
      key: key('days', filter),
      query: (db) => dayRows(db, book, range, filter, withCustomers(null)),
    }
    if (!groupBy) return [days, null]
    const only = filter?.value ?? null
    const settings = { currency: this.#currency, withCustomers: withCustomers(groupBy) }
    return [
      days,
      {
        key: key('groups', groupBy, only),
        query: (db) => groupRows(db, book, range, groupBy, only, settings),
      },
    ]
  }

  /** Other measures: one read for all of a dashboard that asks for the same days, dimension and value. */
  #measuresOf(query: MetricQuery, whole: DayRange): Omit<Parts, 'sales' | 'salesGroups'> {
    const none = { measures: [], opening: [], groupMeasures: [], groupOpening: [] }
    const { groupBy, filters } = query
    const [filter] = filters
    const wanted = this.#measures(query, whole)
    const range = daysUntil(whole, query.asOf)
    const opening = openingDay(whole, query.asOf)
    if (wanted.length === 0 || filters.length > 1) return none
    const dimension = filter?.dimension ?? 'all'
    const value = filter?.value ?? null
    const ids = (...kinds: Measure['kind'][]) =>
      wanted.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
    const read = (name: string, list: string[], by: string, query: Read['query']): Read[] =>
      list.length > 0 ? [{ key: JSON.stringify([name, range, by, value, list]), query }] : []
    const moving = ids('flow', 'level')
    const levels = ids('level')
    const snapshots = ids('snapshot')
    const readings = read('snapshots', snapshots, 'source', (db) => snapshotRows(db, snapshots, range, value))
    const day = { base: this.#currency, whole: false }
    const parts = {
      ...none,
      measures: [
        ...read('measures', moving, dimension, (db) => measureRows(db, moving, dimension, range, value, day)),
        ...readings,
      ],
      opening: read('opening', levels, dimension, (db) => openingRows(db, levels, dimension, opening, value)),
    }
    if (!groupBy) return parts
    const sums = { base: this.#currency, whole: true }
    return {
      ...parts,
      groupMeasures: [
        ...read('group measures', moving, groupBy, (db) =>
          measureRows(db, moving, groupBy, range, value, sums),
        ),
        ...(groupBy === 'source' ? readings : []),
      ],
      groupOpening: read('opening', levels, groupBy, (db) =>
        openingRows(db, levels, groupBy, opening, value),
      ),
    }
  }

  /** Measures in measure_days that queries with the same range, filter and grouping ask for. */
  #measures(query: MetricQuery, range: DayRange): Measure[] {
    const same = this.#queries.filter(
      (other) =>
        looksAt(other, range) &&
        JSON.stringify([other.filters, other.groupBy, other.asOf]) ===
          JSON.stringify([query.filters, query.groupBy, query.asOf]),
    )
    const ids = new Set(same.flatMap((other) => this.#metricsOf(other).flatMap(({ measures }) => measures)))
    return [...ids]
      .filter(({ family }) => family !== 'sales' && family !== 'calendar')
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Lists of customers are long: they are read only where a distinct count is asked for. */
  #wantsCustomers(groupBy: string | null, asked: MetricQuery, range: DayRange): boolean {
    const queries = this.#queries.filter(
      (other) =>
        (!groupBy || other.groupBy === groupBy) &&
        looksAt(other, range) &&
        JSON.stringify(other.filters) === JSON.stringify(asked.filters),
    )
    return queries.some((query) =>
      this.#metricsOf(query).some(({ measures }) => measures.some(({ kind }) => kind === 'distinct')),
    )
  }

  #wants(query: MetricQuery, family: 'sales'): boolean {
    return this.#metricsOf(query).some(
      (metric) => isOfSales(metric) || metric.measures.some((measure) => measure.family === family),
    )
  }

  #metricsOf(query: MetricQuery) {
    return query.metrics.flatMap((id) => {
      const metric = this.#book.get(id)
      return metric && !whyNot(metric, query) ? [metric] : []
    })
  }
}

const looksAt = ({ range, compareRange }: MetricQuery, days: DayRange): boolean =>
  [range, compareRange].some((known) => known?.from === days.from && known.to === days.to)

/** From the earliest to the latest day that a question looks at. */
export function spanOf({ range, compareRange }: MetricQuery): DayRange {
  const ranges = compareRange ? [range, compareRange] : [range]
  const from = ranges.map((known) => known.from).sort()[0] ?? range.from
  const to =
    ranges
      .map((known) => known.to)
      .sort()
      .at(-1) ?? range.to
  return { from, to }
}
