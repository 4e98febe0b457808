/** Moves on the grid of 12 columns: whatever is done, no two widgets of a tab overlap and none leaves the grid. */
import type { Widget, WidgetPlace } from './dashboard.ts'

export const COLUMNS = 12
const TALLEST = 12

export const DIRECTIONS = ['up', 'down', 'left', 'right'] as const
export type Direction = (typeof DIRECTIONS)[number]
export const SIZINGS = ['wider', 'narrower', 'taller', 'shorter'] as const
export type Sizing = (typeof SIZINGS)[number]

export const overlaps = (a: WidgetPlace, b: WidgetPlace): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** In the order a person reads: line by line, from the left. */
export const inReadingOrder = (places: readonly WidgetPlace[]): WidgetPlace[] =>
  places.toSorted((a, b) => a.y - b.y || a.x - b.x)

/**
 * Pulls everything inside the grid and up until it rests on something. `first` (an id) keeps its place when two want the
 * same one.
 */
export function settle(places: readonly WidgetPlace[], first: string | null = null): WidgetPlace[] {
  const order = places
    .map(insideGrid)
    .toSorted((a, b) => a.y - b.y || Number(b.id === first) - Number(a.id === first) || a.x - b.x)
  const settled: WidgetPlace[] = []
  for (const place of order) settled.push(restOn(settled, place))
  // in the order given, so that what did not move compares as the same
  const found = new Map(settled.map((place) => [place.id, place]))
  return places.map((place) => found.get(place.id) ?? place)
}

/** One step of a widget among the widgets of its tab. Up and down change places with the neighbour. */
export function movePlace(places: readonly WidgetPlace[], id: string, direction: Direction): WidgetPlace[] {
  const mover = places.find((place) => place.id === id)
  if (!mover) return [...places]
  const others = places.filter((place) => place.id !== id)
  if (direction === 'left' || direction === 'right') return moveAside(others, mover, direction)
  const inColumn = others.filter(({ x, w }) => x < mover.x + mover.w && mover.x < x + w)
  if (direction === 'up') {
    const above = inReadingOrder(inColumn.filter(({ y }) => y < mover.y)).at(-1)
    return above ? settle([...others, { ...mover, y: above.y }], id) : settle(places)
  }
  const below = inReadingOrder(inColumn.filter(({ y }) => y >= mover.y + mover.h))[0]
  if (!below) return settle(places)
  const raised = others.map((place) => (place.id === below.id ? { ...place, y: mover.y } : place))
  return settle([...raised, { ...mover, y: mover.y + below.h }], below.id)
}

/** One column or row more or less. */
export function resizePlace(places: readonly WidgetPlace[], id: string, sizing: Sizing): WidgetPlace[] {
  const changed = places.map((place) => (place.id === id ? resized(place, sizing) : place))
  return settle(changed, id)
}

/** The place below everything, as wide and high as asked. */
export function placeBelow(places: readonly WidgetPlace[], id: string, w: number, h: number): WidgetPlace {
  return { id, x: 0, y: places.reduce((lowest, place) => Math.max(lowest, place.y + place.h), 0), w, h }
}

/** The tab a widget stands on: its own, when there is such a tab, else the first. */
export function tabOf(widget: Widget, tabs: readonly { id: string }[]): string {
  return tabs.find(({ id }) => id === widget.tab)?.id ?? tabs[0]?.id ?? ''
}

function moveAside(others: WidgetPlace[], mover: WidgetPlace, direction: 'left' | 'right'): WidgetPlace[] {
  const beside = others.find(
    (place) =>
      place.y < mover.y + mover.h &&
      mover.y < place.y + place.h &&
      (direction === 'left' ? place.x + place.w === mover.x : mover.x + mover.w === place.x),
  )
  if (!beside)
    return settle([...others, { ...mover, x: mover.x + (direction === 'left' ? -1 : 1) }], mover.id)
  const start = Math.min(beside.x, mover.x)
  const moved = { ...mover, x: direction === 'left' ? start : start + beside.w }
  const pushed = { ...beside, x: direction === 'left' ? start + mover.w : start }
  return settle([...others.filter(({ id }) => id !== beside.id), pushed, moved], mover.id)
}

function resized(place: WidgetPlace, sizing: Sizing): WidgetPlace {
  switch (sizing) {
    case 'wider':
      // at the right edge it grows to the left
      return place.x + place.w < COLUMNS
        ? { ...place, w: place.w + 1 }
        : { ...place, x: Math.max(0, place.x - 1), w: Math.min(COLUMNS, place.w + 1) }
    case 'narrower':
      return { ...place, w: Math.max(1, place.w - 1) }
    case 'taller':
      return { ...place, h: Math.min(TALLEST, place.h + 1) }
    case 'shorter':
      return { ...place, h: Math.max(1, place.h - 1) }
  }
}

function insideGrid(place: WidgetPlace): WidgetPlace {
  const w = clamp(place.w, 1, COLUMNS)
  return {
    ...place,
    w,
    h: clamp(place.h, 1, TALLEST),
    x: clamp(place.x, 0, COLUMNS - w),
    y: Math.max(0, place.y),
  }
}

function restOn(settled: readonly WidgetPlace[], place: WidgetPlace): WidgetPlace {
  const fits = (y: number) => !settled.some((other) => overlaps(other, { ...place, y }))
  let { y } = place
  while (!fits(y)) y += 1
  while (y > 0 && fits(y - 1)) y -= 1
  return { ...place, y }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
