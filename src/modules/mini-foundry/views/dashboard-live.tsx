/** The pieces of a dashboard that data can change, as htmx swaps them into an open page. */
import type { Child } from 'hono/jsx'
import type { LivePiece } from '../../../platform/live.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { DashboardFreshness } from './dashboard-freshness.tsx'
import { DashboardNotes } from './dashboard-notes.tsx'
import { WidgetCard, widgetElementId } from './dashboard-widget.tsx'
import type { Reader } from './dashboard-words.ts'

/** One `hx-partial` a piece. */
export function dashboardPieces(view: DashboardView, reader: Reader): LivePiece[] {
  const pieces: [target: string, content: Child][] = [
    ...view.widgets.map((item): [string, Child] => [
      `#${widgetElementId(item.widget.id)}`,
      <WidgetCard item={item} view={view} reader={reader} />,
    ]),
    ['#dashboard-freshness', <DashboardFreshness view={view} reader={reader} />],
    ['#dashboard-notes', <DashboardNotes view={view} reader={reader} />],
  ]
  return pieces.map(([target, content]) => ({
    target,
    html: (
      <hx-partial hx-target={target} hx-swap="outerMorph">
        {content}
      </hx-partial>
    ).toString(),
  }))
}
