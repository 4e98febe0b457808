/** A dashboard and its numbers as pages and the live hub are given them: plain data. */
import type { DayRange, Granularity } from '../../../kit/calendar.ts'
import type { Annotation } from './annotations.ts'
import type { DashboardSettings, Widget, WidgetPlace } from './dashboard.ts'
import type { DashboardCalendar, DashboardQuery, KnownDays } from './dashboard-query.ts'
import type { MetricAnswer } from './metrics-answer.ts'
import type { WidgetFacts } from './widget-facts.ts'

export interface Dashboard {
  tenantId: string
  id: string
  name: string
  type: string
  layout: WidgetPlace[]
  widgets: Widget[]
  settings: DashboardSettings
  isDefault: boolean
  /** Counts up with every change; 1 while nobody and nothing has touched the default one. */
  version: number
  createdAt: string
  updatedAt: string
}

/** For menus. */
export interface DashboardName {
  id: string
  name: string
  is_default: number
}

/** Where numbers come from and how fresh they are. */
export interface SourceLine {
  id: string
  name: string
  source_type: string
  last_sync_at: string | null
  counts_as_sales: number
  is_demo: number
}

export interface WidgetView {
  widget: Widget
  /** One answer for each metric of the widget. */
  answers: MetricAnswer[]
  /** Of kinds that show more than metrics. */
  facts?: WidgetFacts
}

export interface DashboardView {
  dashboard: Dashboard
  dashboards: DashboardName[]
  query: DashboardQuery
  range: DayRange
  granularity: Granularity
  calendar: DashboardCalendar
  known: KnownDays
  /** The newest sale is older than 30 days, so the default range lies in the past. */
  dataIsOld: boolean
  widgets: WidgetView[]
  sources: SourceLine[]
  dataVersion: number
  changedAt: string | null
  /** Some days are being added up right now: figures will move. */
  settling: boolean
  /** On days of the range, the latest first. */
  remarks: Annotation[]
  etag: string
}

/** What its page shows beside the numbers. */
export interface OpenDashboard extends DashboardView {
  /** The dashboard that this person sees first by their own choice. */
  mine: string | null
  /** Values that sales have had, by dimension: what filters offer. */
  values: DimensionValue[]
}

export interface DimensionValue {
  dimension: string
  value: string
}
