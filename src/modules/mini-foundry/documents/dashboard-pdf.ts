/** A dashboard on paper: what it shows, for which days, from which sources, and when it was made. */

import { dateFormat } from '../../../kit/format.ts'
import { INK, SOFT } from '../../../kit/pdf/colours.ts'
import type { FontFiles } from '../../../kit/pdf/letters.ts'
import { type Paper, takePaper } from '../../../kit/pdf/paper.ts'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { tabOf } from '../domain/dashboard-edit-layout.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import { type Reader, rangeWords } from '../views/dashboard-words.ts'
import { paintNumbers } from './dashboard-pdf-numbers.ts'
import { paintWidget } from './dashboard-pdf-widgets.ts'

export interface PdfSurroundings {
  fonts: FontFiles
  reader: Reader
  /** Name of the workspace. */
  workspace: string
  /** When it is made, milliseconds. */
  at: number
}

/** The bytes of the file. Letters that the fonts do not have stand as a replacement sign; nothing throws for a text. */
export async function dashboardPdf(view: DashboardView, around: PdfSurroundings): Promise<Uint8Array> {
  const { reader, workspace, at, fonts } = around
  const { name } = view.dashboard
  const paper = await takePaper(fonts, { title: name, author: workspace, at, locale: reader.locale })
  paintHead(paper, view, around)
  const tabs = view.dashboard.settings.tabs ?? []
  const shown = tabs.length > 0 ? tabs : [{ id: '', name: '' }]
  for (const tab of shown) {
    const items = inOrder(view).filter(({ widget }) => tabOf(widget, tabs) === tab.id)
    if (items.length === 0) continue
    if (tab.name) paintTab(paper, tab.name)
    paintItems(paper, items, view, reader)
  }
  paintSources(paper, view, reader)
  return paper.finish(`${workspace} · ${name} · ${rangeWords(view.range, reader)}`)
}

function paintHead(paper: Paper, view: DashboardView, { reader, workspace, at }: PdfSurroundings): void {
  const comparison =
    view.query.compare && view.query.compare !== 'none' ? COMPARISON_LABELS[view.query.compare] : null
  const filters = view.query.filters.map(({ dimension, value }) => `${dimension}: ${value}`).join(', ')
  paper.text(workspace, { size: 9, colour: SOFT })
  paper.text(view.dashboard.name, { size: 20, bold: true, lines: 2 })
  paper.text(
    [
      rangeWords(view.range, reader),
      comparison && `compared with the ${comparison}`,
      filters && `only ${filters}`,
      view.query.asOf && `as it stood at the end of ${view.query.asOf}`,
    ]
      .filter(Boolean)
      .join(' · '),
    { size: 10, colour: INK },
  )
  const settling = view.settling ? ' New data is being added up, figures will move.' : ''
  paper.text(`Made ${instant(at, reader)}.${settling}`, { size: 8.5, colour: SOFT })
  paper.skip(10)
}

function paintTab(paper: Paper, name: string): void {
  paper.need(160)
  paper.text(name, { size: 14, bold: true })
  paper.rule(0, paper.top + 3, paper.width, paper.top + 3)
  paper.skip(10)
}

/** Numbers that follow each other stand side by side; everything else has the whole width. */
function paintItems(paper: Paper, items: WidgetView[], view: DashboardView, reader: Reader): void {
  let numbers: WidgetView[] = []
  const flush = () => {
    if (numbers.length > 0) paintNumbers(paper, numbers, view, reader)
    numbers = []
  }
  for (const item of items) {
    if (item.widget.kind === 'number') {
      numbers.push(item)
      continue
    }
    flush()
    paintWidget(paper, item, view, reader)
  }
  flush()
}

function paintSources(paper: Paper, view: DashboardView, reader: Reader): void {
  paper.need(60)
  paper.text('Where these figures come from', { size: 11, bold: true })
  if (view.sources.length === 0) paper.text('No source yet.', { size: 9, colour: SOFT })
  for (const source of view.sources) {
    const read = source.last_sync_at ? `, read ${instant(Date.parse(source.last_sync_at), reader)}` : ''
    const sample = source.is_demo ? ', sample data' : ''
    paper.text(`${source.name}${sample}${read}`, { size: 9, colour: SOFT })
  }
  if (view.changedAt)
    paper.text(`The data changed ${instant(Date.parse(view.changedAt), reader)}.`, { size: 9, colour: SOFT })
}

const inOrder = (view: DashboardView): WidgetView[] => {
  const places = new Map(view.dashboard.layout.map(({ id, x, y }) => [id, y * 12 + x]))
  return view.widgets.toSorted((a, b) => (places.get(a.widget.id) ?? 0) - (places.get(b.widget.id) ?? 0))
}

const instant = (at: number, { locale, timeZone }: Reader): string =>
  dateFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(at))
