/** A small picture of each kind of widget. */
import type { Widget } from '../domain/dashboard.ts'

/** Lines (`M…`) on a field of 24 by 16. */
const PICTURES: Record<Widget['kind'], string> = {
  number: 'M5 5l3-2v10M5 13h6M15 5l3-2v10M15 13h6',
  line: 'M2 12l5-5 5 3 9-8',
  area: 'M2 14V11l6-5 5 3 9-6v11z',
  bar: 'M2 3h18M2 8h12M2 13h7',
  stacked: 'M4 14V8M4 7V3M12 14V6M12 5V2M20 14V9M20 8V4',
  donut: 'M12 2a6 6 0 1 1-6 6M6 8a6 6 0 0 1 6-6',
  table: 'M2 3h20v11H2zM2 7h20M9 3v11M16 3v11',
  heat_map: 'M3 3h4v4H3zM10 3h4v4h-4zM17 3h4v4h-4zM3 10h4v4H3zM17 10h4v4h-4z',
  funnel: 'M2 2h20l-7 6v6h-6V8z',
  cohort: 'M2 3h20M2 7h14M2 11h8M2 15h3',
  map: 'M2 4l6-2 8 3 6-2v10l-6 2-8-3-6 2zM8 2v10M16 5v10',
  goal: 'M3 13a9 9 0 0 1 18 0M12 13l5-6',
  text: 'M3 3h18M3 7h18M3 11h12',
  activity: 'M3 3h2M8 3h13M3 8h2M8 8h13M3 13h2M8 13h9',
}

export function KindPicture({ kind }: { kind: Widget['kind'] }) {
  return (
    <svg
      viewBox="0 0 24 16"
      class="h-5 w-8 shrink-0 text-primary"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      aria-hidden="true"
    >
      <path d={PICTURES[kind]} />
    </svg>
  )
}
