/** What the file is made of, one part after another: facts, metrics and their definitions, and what the file is. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import type { SqliteValue } from '../../../kit/sqlite-file.ts'
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { Services } from '../../../platform/services.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { tableSql, valuesOf } from '../domain/take-away/column.ts'
import { aboutRows, METRIC_COLUMNS, METRIC_DAY_COLUMNS } from '../domain/take-away/metric-tables.ts'
import type { Cursor } from '../domain/take-away/state.ts'
import { FACT_TABLES, type FactTable } from '../domain/take-away/tables.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { factsAfter, firstFigureDay } from '../store/take-away.ts'
import { computeMetrics } from './metrics.ts'

const ROWS_AT_ONCE = 2000
const DAYS_AT_ONCE = 180

/** Some rows of a part, and where to go on; `after` is null when that was all. */
interface Portion {
  rows: SqliteValue[][]
  after: Cursor | null
}

export interface Part {
  name: string
  about: string
  sql: string
  read(after: Cursor | null): Promise<Portion>
}

/** `createdAt` and `counts` are of this file: its last part tells of them. */
export function partsOf(
  services: Services,
  actor: Actor,
  file: { createdAt: string; counts: Readonly<Record<string, number>> },
): Part[] {
  const parts = [
    ...FACT_TABLES.map((table) => factPart(services, actor, table)),
    metricPart(services, actor),
    metricDayPart(services, actor),
  ]
  return [...parts, contentsPart(parts, file.counts), aboutPart(services, actor, file.createdAt)]
}

function factPart(services: Services, actor: Actor, table: FactTable): Part {
  const db = services.tenant(actor.tenantId)
  return {
    name: table.name,
    about: table.about,
    sql: tableSql(table.name, table.columns),
    async read(after) {
      const rows = await db.get(factsAfter(db, table, after, ROWS_AT_ONCE))
      const last = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)
      return {
        rows: rows.map((row) => valuesOf(table.columns, row)),
        after: last ? table.key.map((column) => String(last[column])) : null,
      }
    },
  }
}

/** Standard metrics and those that people made, each with its formula. */
function metricPart(services: Services, actor: Actor): Part {
  const db = services.tenant(actor.tenantId)
  return {
    name: 'metrics',
    about: 'What each metric is: its formula over measures, in words, and what it means.',
    sql: tableSql('metrics', METRIC_COLUMNS),
    async read() {
      const metrics = metricBook(await db.get(customMetricRows(db))).all()
      const rows = metrics.map((metric) =>
        valuesOf(METRIC_COLUMNS, {
          metric: metric.id,
          name: metric.name,
          group_name: metric.group,
          unit: metric.unit,
          formula: metric.formula,
          words: metric.words,
          meaning: metric.meaning,
          note: metric.note,
          less_is_better: metric.lessIsBetter ? 1 : 0,
          custom: metric.custom ? 1 : 0,
          dimensions: metric.dimensions.join(', '),
        }),
      )
      return { rows, after: null }
    },
  }
}

/** Half a year at once; days without a value are left out. */
function metricDayPart(services: Services, actor: Actor): Part {
  const db = services.tenant(actor.tenantId)
  const { timeZone, currency } = actor.workspace
  return {
    name: 'metrics_by_day',
    about: `Every metric on every day that has a value, money in ${currency}. Do not add up ratios or distinct counts.`,
    sql: tableSql('metrics_by_day', METRIC_DAY_COLUMNS),
    async read(after) {
      const [first, custom] = await db.getAll([firstFigureDay(db), customMetricRows(db)])
      const today = businessDay(services.clock.now(), timeZone)
      const from = after?.[0] ?? first[0]?.day
      if (!from || from > today) return { rows: [], after: null }
      const end = addDays(from, DAYS_AT_ONCE - 1)
      const isLast = end >= today
      const to = isLast ? today : end
      const book = metricBook(custom)
      const answers = await computeMetrics(services, actor, everyMetric(book.all(), from, to), book)
      const rows = answers.flatMap(({ metric, unit, currency: money, series }) =>
        series.flatMap(({ period, value }) =>
          value === null
            ? []
            : [
                valuesOf(METRIC_DAY_COLUMNS, {
                  day: period,
                  metric,
                  unit,
                  currency: money,
                  value: String(value),
                  number: Number(value),
                }),
              ],
        ),
      )
      return { rows, after: isLast ? null : [addDays(to, 1)] }
    },
  }
}

const everyMetric = (metrics: readonly { id: string }[], from: string, to: string) => ({
  metrics: metrics.map(({ id }) => id),
  range: { from, to },
  granularity: 'day' as const,
  compare: null,
  compareRange: null,
  groupBy: null,
  filters: [],
  book: 'order_date' as const,
})

function contentsPart(parts: readonly Part[], counts: Readonly<Record<string, number>>): Part {
  return {
    name: 'contents',
    about: 'What is in this file.',
    sql: 'CREATE TABLE contents (\n  name TEXT,\n  rows INTEGER,\n  about TEXT\n)',
    read: async () => ({
      rows: parts.map(({ name, about }) => [name, counts[name] ?? 0, about]),
      after: null,
    }),
  }
}

function aboutPart(services: Services, actor: Actor, createdAt: string): Part {
  return {
    name: 'about',
    about: 'Whose data it is, and how to read it.',
    sql: 'CREATE TABLE about (\n  name TEXT,\n  value TEXT\n)',
    read: async () => ({
      rows: aboutRows(actor.workspace, createdAt, isoInstant(services.clock.now())),
      after: null,
    }),
  }
}
