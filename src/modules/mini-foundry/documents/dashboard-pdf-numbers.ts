/** Numbers on paper: three beside each other, each with its change and its course. */
import { sparkline } from '../../../kit/chart/line.ts'
import { RULE, SOFT } from '../../../kit/pdf/colours.ts'
import type { Paper } from '../../../kit/pdf/paper.ts'
import { paintPicture } from '../../../kit/pdf/picture.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import { comparisonOf } from '../domain/dashboard-plan.ts'
import { changeWords, figure, numbers, type Reader } from '../views/dashboard-words.ts'

const ROW = 3
const GAP = 10
const HEIGHT = 92
const PAD = 9

export function paintNumbers(paper: Paper, items: WidgetView[], view: DashboardView, reader: Reader): void {
  const width = (paper.width - GAP * (ROW - 1)) / ROW
  for (let first = 0; first < items.length; first += ROW) {
    paper.need(HEIGHT + GAP)
    const { top } = paper
    items.slice(first, first + ROW).forEach((item, column) => {
      paintTile(paper, item, view, reader, column * (width + GAP), width)
      paper.top = top
    })
    paper.skip(HEIGHT + GAP)
  }
  paper.skip(4)
}

function paintTile(
  paper: Paper,
  item: WidgetView,
  view: DashboardView,
  reader: Reader,
  left: number,
  width: number,
): void {
  const [answer] = item.answers
  const [x, room, { top }] = [left + PAD, width - 2 * PAD, paper]
  paper.box(left, top, width, HEIGHT, undefined, RULE)
  paper.skip(5)
  paper.text(item.widget.title, { x, width: room, size: 8.5, colour: SOFT, lines: 1 })
  if (!answer) return
  paper.text(figure(answer, answer.total, reader), { x, width: room, size: 16, bold: true, lines: 1 })
  const change = changeWords(answer, comparisonOf(item.widget, view.query), reader)
  if (change) paper.text(change.text, { x, width: room, size: 7, colour: SOFT, lines: 2 })
  const known = numbers(answer.series)
  if (known.length < 2) return
  paper.top = top + HEIGHT - 27
  paintPicture(paper, sparkline(known, 160, 24), { x, width: room })
}
