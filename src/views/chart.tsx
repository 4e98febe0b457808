/** Draws a chart as SVG: no script needed; a sentence and a table say the same. */
import { barChart } from '../kit/chart/bar.ts'
import { donutChart } from '../kit/chart/donut.ts'
import { remarksByPlace } from '../kit/chart/flags.ts'
import { funnelChart } from '../kit/chart/funnel.ts'
import { heatChart } from '../kit/chart/heat.ts'
import { lineChart, sparkline } from '../kit/chart/line.ts'
import { mapChart } from '../kit/chart/map.ts'
import type { ChartData, ChartPicture, Mark } from '../kit/chart/marks.ts'
import { stackedChart } from '../kit/chart/stacked.ts'
import { summarise, summariseParts } from '../kit/chart/summary.ts'
import { Icon } from './icon.tsx'

export type ChartKind = keyof typeof PAINTED

/** How each kind becomes marks. */
const PAINTED = {
  line: lineChart,
  area: lineChart,
  bar: barChart,
  stacked: stackedChart,
  donut: donutChart,
  funnel: funnelChart,
  heat: heatChart,
  map: mapChart,
}

/** Kinds whose places the island may point at. */
const POINTED: ReadonlySet<ChartKind> = new Set<ChartKind>(['line', 'area', 'stacked'])

/** Kinds whose labels are parts in order of size: nothing rises or falls from one to the next. */
const PARTED: ReadonlySet<ChartKind> = new Set<ChartKind>(['bar', 'donut', 'map'])

export interface ChartProps {
  kind: ChartKind
  title: string
  data: ChartData
  /** What the labels are, e.g. `Month` or `Country`. */
  labelName: string
  id: string
}

/** Drawn twice, for narrow and for wide places: the style sheet shows the one that fits, so words stay readable. */
export function Chart({ kind, title, data, labelName, id }: ChartProps) {
  const draw = PAINTED[kind]
  const pointed = POINTED.has(kind)
  const words = PARTED.has(kind) ? summariseParts(data) : summarise(data)
  const label = `${title}. ${words}`
  return (
    <figure class="chart" data-chart={kind}>
      <div class="relative" data-chart-stage>
        <Picture picture={draw(data, 'narrow')} label={label} class="chart-narrow" places={pointed} />
        <Picture picture={draw(data, 'wide')} label={label} class="chart-wide" places={pointed} />
      </div>
      {data.series.length > 1 && kind !== 'heat' && <Legend data={data} filled={kind === 'stacked'} />}
      <Remarks data={data} />
      <details class="mt-2 text-sm">
        <summary class="inline-flex min-h-6 cursor-pointer items-center gap-1 text-base-content/75 text-xs hover:text-base-content">
          <Icon name="table" size={14} /> In words and as a table
        </summary>
        <p class="mt-1 max-w-prose text-base-content/80 text-xs">{words}</p>
        <ChartTable title={title} data={data} labelName={labelName} id={id} />
      </details>
    </figure>
  )
}

export function Sparkline({ values, label }: { values: (number | null)[]; label: string }) {
  return <Picture picture={sparkline(values)} label={label} class="h-9 w-full" stretch />
}

interface PictureProps {
  picture: ChartPicture
  label: string
  class: string
  /** Whether the island may ask for the values of a place. */
  places?: boolean
  /** Fills its place whatever its shape; for pictures without words. */
  stretch?: boolean
}

function Picture({ picture, label, class: className, places = false, stretch = false }: PictureProps) {
  return (
    <svg
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      class={className}
      preserveAspectRatio={stretch ? 'none' : 'xMidYMid meet'}
      role="img"
      aria-label={label}
    >
      {picture.marks.map((mark) => (
        <MarkShape mark={mark} />
      ))}
      {places && <Places picture={picture} />}
    </svg>
  )
}

function MarkShape({ mark }: { mark: Mark }) {
  switch (mark.kind) {
    case 'rule':
      return (
        <line
          x1={mark.x1}
          x2={mark.x2}
          y1={mark.y1}
          y2={mark.y2}
          class={mark.strong ? 'chart-zero' : 'chart-rule'}
        />
      )
    case 'label':
      return (
        <text x={mark.x} y={mark.y} text-anchor={mark.anchor} class="chart-word">
          {mark.text}
        </text>
      )
    case 'line':
      return (
        <path
          d={mark.path}
          fill="none"
          class={
            mark.dashed
              ? 'chart-compare'
              : `chart-line-${mark.series % 4}${mark.soFar ? ' chart-so-far' : ''}`
          }
          vector-effect="non-scaling-stroke"
        />
      )
    case 'area':
      return <path d={mark.path} class={`chart-area-${mark.series % 4}`} />
    case 'bar':
      return (
        <rect
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          rx="2"
          class={`chart-fill-${mark.series % 9}`}
        />
      )
    case 'shape':
      return <path d={mark.path} class={`chart-slice chart-fill-${mark.series % 9}`} />
    case 'cell':
      return (
        <rect
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          rx="2"
          class={`chart-level-${mark.level}`}
        />
      )
    case 'flag':
      return (
        <g>
          <title>{mark.title}</title>
          <line x1={mark.x} x2={mark.x} y1={mark.y1} y2={mark.y2} class="chart-flag" />
          <text x={mark.x} y={mark.y1 - 2} text-anchor="middle" class="chart-word chart-flag-word">
            {mark.text}
          </text>
        </g>
      )
    case 'place':
      return (
        <use
          href={`/maps/${mark.map}.svg#${mark.shape}`}
          transform={`scale(${Math.round(mark.scale * 10000) / 10000})`}
          class={`chart-place chart-level-${mark.level}`}
        >
          {mark.title && <title>{mark.title}</title>}
        </use>
      )
    case 'point':
      return <circle cx={mark.x} cy={mark.y} r="3" class={`chart-fill-${mark.series % 4}`} />
  }
}

/** Where the places on the x axis lie: the island reads them, and takes the words from the table below. */
function Places({ picture: { plot, xs } }: { picture: ChartPicture }) {
  return (
    <rect
      x={plot.left}
      y={plot.top}
      width={plot.right - plot.left}
      height={plot.bottom - plot.top}
      fill="transparent"
      data-places={xs.join(' ')}
    />
  )
}

function Legend({ data, filled }: { data: ChartData; filled: boolean }) {
  return (
    <ul class="mt-2 flex flex-wrap gap-4 text-base-content/80 text-xs">
      {data.series.map((series, index) => (
        <li class="flex items-center gap-1.5">
          <svg width="18" height="8" aria-hidden="true">
            {filled ? (
              <rect width="18" height="8" rx="2" class={`chart-fill-${index % 9}`} />
            ) : (
              <path d="M1 4h16" class={series.dashed ? 'chart-compare' : `chart-line-${index % 4}`} />
            )}
          </svg>
          {series.name}
        </li>
      ))}
    </ul>
  )
}

/** The words of the flags, in their order. */
function Remarks({ data }: { data: ChartData }) {
  const remarks = remarksByPlace(data)
  if (remarks.length === 0) return null
  return (
    <ol class="mt-2 flex list-inside list-decimal flex-wrap gap-x-4 gap-y-1 text-base-content/80 text-xs">
      {remarks.map(({ words }) => (
        <li>{words.join('; ')}</li>
      ))}
    </ol>
  )
}

function ChartTable({
  title,
  data,
  labelName,
  id,
}: {
  title: string
  data: ChartData
  labelName: string
  id: string
}) {
  const remarks = new Map(remarksByPlace(data).map(({ index, words }) => [index, words.join('; ')]))
  return (
    <section class="mt-2 max-h-72 overflow-auto" tabindex={0} aria-labelledby={`${id}-caption`}>
      <table class="table table-xs">
        <caption id={`${id}-caption`} class="sr-only">
          {title}
        </caption>
        <thead>
          <tr>
            <th scope="col">{labelName}</th>
            {data.series.map((series) => (
              <th scope="col" class="text-right">
                {series.name}
              </th>
            ))}
            {remarks.size > 0 && <th scope="col">Remark</th>}
          </tr>
        </thead>
        <tbody>
          {data.labels.map((label, index) => (
            <tr>
              <th scope="row" class="font-normal">
                {label}
              </th>
              {data.series.map((series) => {
                const value = series.values[index]
                return (
                  <td class="text-right tabular-nums">
                    {value === null || value === undefined ? '–' : data.format(value)}
                  </td>
                )
              })}
              {remarks.size > 0 && <td>{remarks.get(index)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
