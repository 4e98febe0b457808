/** The pieces of a dashboard that data can change, as htmx swaps them into an open page. */
import type { DashboardView } from '../domain/dashboard-model.ts'
import { DashboardFreshness } from './dashboard-freshness.tsx'
import { DashboardNotes } from './dashboard-notes.tsx'
import { WidgetCard, widgetElementId } from './dashboard-widget.tsx'
import type { Reader } from './dashboard-words.ts'

/** One `hx-partial` a piece, in one text. */
export function dashboardPieces(view: DashboardView, reader: Reader): string {
  const pieces = view.widgets.map((item) =>
    (
      <hx-partial hx-target={`#${widgetElementId(item.widget.id)}`} hx-swap="outerMorph">
        <WidgetCard item={item} view={view} reader={reader} />
      </hx-partial>
    ).toString(),
  )
  const rest = (
    <>
      <hx-partial hx-target="#dashboard-freshness" hx-swap="outerMorph">
        <DashboardFreshness view={view} reader={reader} />
      </hx-partial>
      <hx-partial hx-target="#dashboard-notes" hx-swap="outerMorph">
        <DashboardNotes view={view} reader={reader} />
      </hx-partial>
    </>
  ).toString()
  return [...pieces, rest].join('')
}
