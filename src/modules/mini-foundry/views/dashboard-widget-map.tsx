/** A widget that shows figures on a map of the world or of the United States. */
import type { ChartData } from '../../../kit/chart/marks.ts'
import { Chart } from '../../../views/chart.tsx'
import { groupOf } from '../domain/dashboard-plan.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { type PlacedGroups, placeGroups } from '../domain/placed-groups.ts'
import { addsUp } from '../domain/target.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import type { WidgetProps } from './dashboard-widget-props.ts'
import { chartFormats } from './dashboard-words.ts'

/** All groups are in its table, also those that the map has no place for. */
export function MapWidget({ item: { widget, answers }, reader }: WidgetProps) {
  const [answer] = answers
  const map = widget.map ?? 'world'
  const dimension = DIMENSION_NAMES[groupOf(widget) ?? 'country']
  const metric = metricBook().get(answer?.metric ?? '')
  const adds = metric !== undefined && addsUp(metric)
  const placed = placeGroups(answer?.groups ?? [], map, { adds, locale: reader.locale })
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      {!answer || placed.groups.length === 0 ? (
        <p class="mt-2 text-base-content/75 text-sm">Nothing in this range.</p>
      ) : (
        <div class="mt-3">
          <Chart
            kind="map"
            title={widget.title}
            data={dataOf(placed, map, { name: answer.name, ...chartFormats(answer, reader) })}
            labelName={dimension.charAt(0).toUpperCase() + dimension.slice(1)}
            id={`chart-${widget.id}`}
          />
          <Remarks placed={placed} map={map} locale={reader.locale} />
        </div>
      )}
    </>
  )
}

const dataOf = (
  { groups }: PlacedGroups,
  map: 'world' | 'us',
  { name, ...formats }: { name: string } & Pick<ChartData, 'format' | 'formatShort'>,
): ChartData => ({
  labels: groups.map((group) => group.name),
  series: [{ name, values: groups.map(({ value }) => value) }],
  places: { map, shapes: groups.map(({ shape }) => shape) },
  ...formats,
})

/** Named in words, so that nobody takes what is seen for all there is. */
const NAMED = 6

function Remarks({ placed, map, locale }: { placed: PlacedGroups; map: 'world' | 'us'; locale: string }) {
  const { unplaced, ambiguous } = placed
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const rest = unplaced.length - NAMED
  const names = [...unplaced.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])]
  return (
    <>
      {unplaced.length > 0 && (
        <p class="mt-2 text-base-content/75 text-xs">
          Not on {map === 'us' ? 'the map of the United States' : 'the map'}, only in the table:{' '}
          {list.format(names)}.
        </p>
      )}
      {ambiguous.length > 0 && (
        <p class="mt-2 text-base-content/75 text-xs">
          {list.format(ambiguous)} {ambiguous.length === 1 ? 'is' : 'are'} written in several ways, and these
          figures do not add up: the map shows the largest, the table all.
        </p>
      )}
    </>
  )
}
