/** What every kind of widget is drawn from. */
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import type { Reader } from './dashboard-words.ts'

export interface WidgetProps {
  item: WidgetView
  view: DashboardView
  reader: Reader
}
