/** Draws a chart as SVG: no script needed; a sentence and a table say the same. */
import { barChart } from '../kit/chart/bar.ts'
import { lineChart, sparkline } from '../kit/chart/line.ts'
import type { ChartData, ChartPicture, Mark } from '../kit/chart/marks.ts'
import { summarise } from '../kit/chart/summary.ts'

export interface ChartProps {
  kind: 'line' | 'bar'
  title: string
  data: ChartData
  /** What the labels are, e.g. `Month` or `Country`. */
  labelName: string
  id: string
}

export function Chart({ kind, title, data, labelName, id }: ChartProps) {
  const picture = kind === 'line' ? lineChart(data) : barChart(data)
  return (
    <figure>
      <div class="relative" data-chart={kind === 'line' ? 'line' : undefined}>
        <Picture picture={picture} label={`${title}. ${summarise(data)}`} points={kind === 'line' ? data : undefined} />
      </div>
      {data.series.length > 1 && <Legend data={data} />}
      <details class="mt-2 text-sm">
        <summary class="cursor-pointer text-base-content/75 text-xs">As a table</summary>
        <ChartTable title={title} data={data} labelName={labelName} id={id} />
      </details>
    </figure>
  )
}

export function Sparkline({ values, label }: { values: (number | null)[]; label: string }) {
  return <Picture picture={sparkline(values)} label={label} slim />
}

interface PictureProps {
  picture: ChartPicture
  label: string
  points?: ChartData
  slim?: boolean
}

function Picture({ picture, label, points, slim = false }: PictureProps) {
  return (
    <svg
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      class={slim ? 'h-9 w-full' : 'h-auto w-full'}
      preserveAspectRatio={slim ? 'none' : 'xMidYMid meet'}
      role="img"
      aria-label={label}
    >
      {picture.marks.map((mark) => (
        <MarkShape mark={mark} />
      ))}
      {points && <HoverPoints picture={picture} data={points} />}
    </svg>
  )
}

function MarkShape({ mark }: { mark: Mark }) {
  switch (mark.kind) {
    case 'rule':
      return <line x1={mark.x1} x2={mark.x2} y1={mark.y1} y2={mark.y2} class="stroke-base-300" />
    case 'label':
      return (
        <text x={mark.x} y={mark.y} text-anchor={mark.anchor} class="fill-base-content/80 text-[12px]">
          {mark.text}
        </text>
      )
    case 'line':
      return (
        <path
          d={mark.path}
          fill="none"
          class={mark.dashed ? 'chart-compare' : `chart-line-${mark.series % 4}`}
          vector-effect="non-scaling-stroke"
        />
      )
    case 'area':
      return <path d={mark.path} class={`chart-area-${mark.series % 4}`} />
    case 'bar':
      return <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} rx="3" class={`chart-fill-${mark.series % 4}`} />
    case 'point':
      return <circle cx={mark.x} cy={mark.y} r="3" class={`chart-fill-${mark.series % 4}`} />
  }
}

/** Invisible columns that the island reads: which place, and what its values are in words. */
function HoverPoints({ picture, data }: { picture: ChartPicture; data: ChartData }) {
  const { plot, xs } = picture
  const half = xs.length > 1 ? ((xs[1] ?? 0) - (xs[0] ?? 0)) / 2 : (plot.right - plot.left) / 2
  return (
    <g data-chart-points>
      {xs.map((x, index) => (
        <rect
          x={Math.round((x - half) * 10) / 10}
          y={plot.top}
          width={Math.round(half * 20) / 10}
          height={plot.bottom - plot.top}
          fill="transparent"
          data-x={x}
          data-words={pointWords(data, index)}
        />
      ))}
    </g>
  )
}

const pointWords = (data: ChartData, index: number): string =>
  [
    data.labels[index] ?? '',
    ...data.series.map((series) => {
      const value = series.values[index]
      return `${series.name}: ${value === null || value === undefined ? 'no value' : data.format(value)}`
    }),
  ].join('\n')

function Legend({ data }: { data: ChartData }) {
  return (
    <ul class="mt-2 flex flex-wrap gap-4 text-base-content/80 text-xs">
      {data.series.map((series, index) => (
        <li class="flex items-center gap-1.5">
          <svg width="18" height="8" aria-hidden="true">
            <path d="M1 4h16" class={series.dashed ? 'chart-compare' : `chart-line-${index % 4}`} />
          </svg>
          {series.name}
        </li>
      ))}
    </ul>
  )
}

function ChartTable({ title, data, labelName, id }: { title: string; data: ChartData; labelName: string; id: string }) {
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
                return <td class="text-right tabular-nums">{value === null || value === undefined ? '–' : data.format(value)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
