/** Each kind of widget on paper. */
import { dateFormat, numberFormat } from '../../../kit/format.ts'
import { INK, levelColour, SOFT, seriesColour } from '../../../kit/pdf/colours.ts'
import type { Paper } from '../../../kit/pdf/paper.ts'
import { paintLegend, paintPicture } from '../../../kit/pdf/picture.ts'
import { paintTable } from '../../../kit/pdf/table.ts'
import { displayMoney } from '../../../platform/money.ts'
import { sayValue } from '../domain/alert-words.ts'
import type { Cohort } from '../domain/cohort.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import { comparisonOf } from '../domain/dashboard-plan.ts'
import { type Inline, parseMarkdown } from '../domain/markdown.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import type { ActivityLine, GoalLine } from '../domain/widget-facts.ts'
import { changeWords, figure, type Reader, rangeWords } from '../views/dashboard-words.ts'
import { paceWords } from '../views/target-cards.tsx'
import { chartOf, groupName, isSomething, restWords } from './dashboard-pdf-charts.ts'

const NOTHING = 'Nothing in this range.'

export function paintWidget(paper: Paper, item: WidgetView, view: DashboardView, reader: Reader): void {
  const { widget, facts } = item
  paper.need(widget.kind === 'text' ? 50 : 110)
  paper.text(widget.title, { size: 12, bold: true, lines: 2 })
  if (widget.kind === 'text') paintMarkdown(paper, widget.text ?? '')
  else if (widget.kind === 'table') paintFigures(paper, item, reader)
  else if (facts?.kind === 'cohort') paintCohorts(paper, facts.cohorts, reader)
  else if (facts?.kind === 'goal') paintGoal(paper, facts.goal, reader)
  else if (facts?.kind === 'activity') paintActivity(paper, facts.lines.slice(0, widget.limit ?? 10), reader)
  else paintChart(paper, item, view, reader)
  paper.skip(16)
}

function paintChart(paper: Paper, item: WidgetView, view: DashboardView, reader: Reader): void {
  const [first] = item.answers
  const { kind } = item.widget
  if (first && (kind === 'line' || kind === 'area')) {
    const change = changeWords(first, comparisonOf(item.widget, view.query), reader)
    paper.text([figure(first, first.total, reader), change?.text].filter(Boolean).join(': '), { size: 10 })
  }
  const chart = chartOf(item, view, reader)
  if (!chart) {
    paper.text(NOTHING, { colour: SOFT })
    return
  }
  paper.skip(6)
  paintPicture(paper, chart.picture, { filled: kind === 'area' })
  if (chart.series.length > 1) paintLegend(paper, chart.series)
  if (chart.note) paper.text(chart.note, { size: 8, colour: SOFT })
}

function paintFigures(paper: Paper, { widget, answers }: WidgetView, reader: Reader): void {
  const all = (answers[0]?.groups ?? []).filter(isSomething)
  const shown = all.slice(0, widget.limit ?? 10)
  if (shown.length === 0) {
    paper.text(NOTHING, { colour: SOFT })
    return
  }
  const dimension = DIMENSION_NAMES[widget.group_by ?? 'product']
  const cells = answers.map((answer) => ({
    answer,
    values: new Map(answer.groups?.map((group) => [group.value, group.total])),
  }))
  paper.skip(4)
  paintTable(paper, {
    columns: [
      { name: dimension.charAt(0).toUpperCase() + dimension.slice(1), part: 2.4 },
      ...answers.map(({ name }) => ({ name, part: 1.2, right: true })),
    ],
    rows: shown.map((group) => [
      groupName(group, dimension),
      ...cells.map(({ answer, values }) => figure(answer, values.get(group.value) ?? null, reader)),
    ]),
  })
  if (all.length > shown.length) paper.text(restWords(shown, all), { size: 8, colour: SOFT })
}

function paintCohorts(paper: Paper, cohorts: readonly Cohort[], reader: Reader): void {
  if (cohorts.length === 0) {
    paper.text('No customers bought for the first time in these twelve months.', { colour: SOFT })
    return
  }
  const percent = numberFormat(reader.locale, { style: 'percent', maximumFractionDigits: 0 })
  const month = dateFormat(reader.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const longest = Math.max(...cohorts.map(({ retained }) => retained.length))
  paper.text(
    'Of the customers who first ordered in a month: how many ordered again so many months later. The month that runs is not over.',
    { size: 8, colour: SOFT },
  )
  paper.skip(4)
  paintTable(paper, {
    size: 7,
    columns: [
      { name: 'First order', part: 1.7 },
      { name: 'Customers', part: 1.5, right: true },
      ...Array.from({ length: longest }, (_, since) => ({ name: `+${since}`, part: 1, right: true })),
    ],
    rows: cohorts.map(({ first, size, retained }) => [
      month.format(new Date(`${first}-01T00:00:00Z`)),
      numberFormat(reader.locale).format(size),
      ...retained.map((share) => percent.format(share / 100)),
    ]),
    // light enough to read the figure on it
    level: (row, column) => {
      const share = cohorts[row]?.retained[column - 2]
      return share === undefined || share === 0 ? undefined : share >= 30 ? 2 : share >= 10 ? 1 : 0
    },
  })
}

function paintGoal(paper: Paper, goal: GoalLine | null, reader: Reader): void {
  if (!goal) {
    paper.text('No target for the period that runs.', { colour: SOFT })
    return
  }
  const { unit } = goal.metric
  const say = (value: number) => sayValue(value, { unit, currency: goal.currency, locale: reader.locale })
  const target = Number(goal.target.value)
  paper.text(`${goal.value === null ? '–' : say(goal.value)} of ${say(target)}`, { size: 14, bold: true })
  if (goal.value !== null && target > 0) {
    const done = Math.max(0, Math.min(1, goal.value / target))
    paper.box(0, paper.top + 4, paper.width, 8, levelColour(0))
    if (done > 0) paper.box(0, paper.top + 4, paper.width * done, 8, seriesColour(0))
    paper.skip(14)
  }
  const pace = goal.pace && goal.value !== null ? ` ${paceWords(goal.pace, say)}` : ''
  paper.text(`${rangeWords(goal.range, reader)}.${pace}`, { colour: SOFT })
}

const ACTIVITY_NAMES = { order: 'Order', payment: 'Payment', refund: 'Refund', invoice: 'Invoice' }

function paintActivity(paper: Paper, lines: readonly ActivityLine[], reader: Reader): void {
  if (lines.length === 0) {
    paper.text('Nothing has happened yet.', { colour: SOFT })
    return
  }
  const day = dateFormat(reader.locale, { dateStyle: 'medium', timeZone: 'UTC' })
  paper.skip(4)
  paintTable(paper, {
    columns: [
      { name: 'What', part: 2 },
      { name: 'Source', part: 1.2 },
      { name: 'Day', part: 1 },
      { name: 'Amount', part: 1, right: true },
    ],
    rows: lines.map((line) => [
      `${ACTIVITY_NAMES[line.kind]} ${line.name}`,
      line.source,
      day.format(new Date(`${line.day}T00:00:00Z`)),
      displayMoney(line.amount, line.currency, reader.locale),
    ]),
  })
}

function paintMarkdown(paper: Paper, text: string): void {
  for (const block of parseMarkdown(text)) {
    paper.skip(3)
    if (block.kind === 'list')
      block.items.forEach((item, index) => {
        paper.text(`${block.ordered ? `${index + 1}.` : '•'} ${plain(item)}`, { x: 8 })
      })
    else if (block.kind === 'heading') paper.text(plain(block.parts), { size: 10.5, bold: true })
    else paper.text(plain(block.parts), { colour: INK })
  }
}

/** A link cannot be followed on paper, so its address is written out. */
const plain = (parts: readonly Inline[]): string =>
  parts.map((part) => (part.kind === 'link' ? `${part.text} (${part.href})` : part.text)).join('')
