/** A table on paper: its head comes again on each sheet. */
import { levelColour, SOFT } from './colours.ts'
import type { Paper } from './paper.ts'

export interface PaperColumn {
  name: string
  /** Its part of the width; all parts together need not be 1. */
  part: number
  right?: boolean
}

export interface PaperTable {
  columns: PaperColumn[]
  rows: string[][]
  size?: number
  /** The ground of a cell, 0-6; undefined: none. */
  level?(row: number, column: number): number | undefined
}

const PAD = 4

/** Cells are one line: what is too long ends in …. */
export function paintTable(paper: Paper, { columns, rows, size = 8.5, level }: PaperTable): void {
  const whole = columns.reduce((sum, { part }) => sum + part, 0)
  const height = size * 1.9
  const line = (cells: string[], bold: boolean, row: number) => {
    let x = 0
    columns.forEach(({ part, right }, column) => {
      const width = (paper.width * part) / whole
      const ground = row < 0 ? undefined : level?.(row, column)
      if (ground !== undefined) paper.box(x, paper.top, width, height, levelColour(ground))
      paper.word(paper.letters.fit(cells[column] ?? '', size, width - 2 * PAD, bold), {
        x: right ? x + width - PAD : x + PAD,
        down: paper.top + height * 0.68,
        size,
        bold,
        ...(bold && { colour: SOFT }),
        anchor: right ? 'end' : 'start',
      })
      x += width
    })
    paper.skip(height)
    paper.rule(0, paper.top, paper.width, paper.top)
  }
  const names = columns.map(({ name }) => name)
  paper.need(height * 3)
  line(names, true, -1)
  rows.forEach((cells, row) => {
    if (paper.need(height)) line(names, true, -1)
    line(cells, false, row)
  })
}
