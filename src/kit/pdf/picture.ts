/** Paints the marks of a chart as vectors. */
import type { ChartPicture, Mark } from '../chart/marks.ts'
import { INK, levelColour, PAPER, RULE, SOFT, STRONG_RULE, seriesColour } from './colours.ts'
import type { Paper } from './paper.ts'

/** Words in a picture are this high in its own coordinates. */
const WORD = 12

export interface PictureStyle {
  x?: number
  width?: number
  /** Areas are what is shown, and no more than a tint below the line. */
  filled?: boolean
}

/** At the place that is reached, as wide as said; goes down below it. */
export function paintPicture(paper: Paper, picture: ChartPicture, style: PictureStyle = {}): void {
  const { x = 0, width = paper.width - x, filled = false } = style
  const scale = width / picture.width
  const height = picture.height * scale
  paper.need(height)
  for (const mark of picture.marks) paintMark(paper, mark, { x, scale, filled })
  paper.skip(height)
}

function paintMark(
  paper: Paper,
  mark: Mark,
  { x, scale, filled }: { x: number; scale: number; filled: boolean },
) {
  const [left, down] = [(value: number) => x + value * scale, (value: number) => paper.top + value * scale]
  const corner = { ...paper.at(x, paper.top), scale }
  switch (mark.kind) {
    case 'rule':
      return paper.rule(
        left(mark.x1),
        down(mark.y1),
        left(mark.x2),
        down(mark.y2),
        mark.strong ? STRONG_RULE : RULE,
      )
    case 'label':
      return paper.word(mark.text, {
        x: left(mark.x),
        down: down(mark.y),
        size: WORD * scale,
        colour: SOFT,
        anchor: mark.anchor,
      })
    case 'line':
      if (mark.path === '') return
      return paper.page.drawSvgPath(mark.path, {
        ...corner,
        borderColor: mark.dashed ? STRONG_RULE : seriesColour(mark.series % 4),
        borderWidth: (mark.dashed ? 1.5 : 2) * scale,
        ...((mark.dashed || mark.soFar) && { borderDashArray: [4 * scale, 4 * scale] }),
      })
    case 'area':
      if (mark.path === '' || (!filled && mark.series > 0)) return
      return paper.page.drawSvgPath(mark.path, {
        ...corner,
        color: seriesColour(mark.series % 4),
        opacity: filled ? 0.28 : 0.1,
      })
    case 'shape':
      return paper.page.drawSvgPath(mark.path, {
        ...corner,
        color: seriesColour(mark.series),
        borderColor: PAPER,
        borderWidth: scale,
      })
    case 'bar':
      return paper.box(
        left(mark.x),
        down(mark.y),
        mark.width * scale,
        mark.height * scale,
        seriesColour(mark.series),
      )
    case 'cell':
      return paper.box(
        left(mark.x),
        down(mark.y),
        mark.width * scale,
        mark.height * scale,
        levelColour(mark.level),
      )
    case 'point':
      return paper.page.drawCircle({
        ...paper.at(left(mark.x), down(mark.y)),
        size: 3 * scale,
        color: seriesColour(mark.series % 4),
      })
    default:
      return
  }
}

/** Names of series with their colours, in one line that breaks. */
export function paintLegend(paper: Paper, series: readonly { name: string; dashed?: boolean }[]): void {
  const size = 8
  let x = 0
  paper.need(14)
  series.forEach(({ name, dashed }, index) => {
    const words = paper.letters.fit(name, size, paper.width - 30)
    const width = paper.letters.width(words, size) + 32
    if (x > 0 && x + width > paper.width) {
      paper.skip(13)
      x = 0
      paper.need(14)
    }
    paper.rule(
      x,
      paper.top + 7,
      x + 14,
      paper.top + 7,
      dashed ? STRONG_RULE : seriesColour(index),
      dashed ? 1 : 3,
    )
    paper.word(words, { x: x + 18, down: paper.top + 10, size, colour: INK })
    x += width
  })
  paper.skip(14)
}
