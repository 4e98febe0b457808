/** Groups of a metric by country or state, brought to their places on a map. */
import type { MapName } from '../../../kit/chart/marks.ts'
import type { MetricGroup } from './metrics-answer.ts'
import { placeOf } from './places.ts'

export interface PlacedGroup {
  name: string
  /** Null: no place that the map has. */
  shape: string | null
  value: number
}

export interface PlacedGroups {
  /** The largest first; those without a shape are in it too. */
  groups: PlacedGroup[]
  /** Names of groups that are no place of this map, the largest first. */
  unplaced: string[]
  /** Places that are written in several ways and whose figures do not add up: the map shows the largest. */
  ambiguous: string[]
}

/** `adds`: whether figures of one place that is written in two ways may be added (revenue may, averages may not). */
export function placeGroups(
  groups: readonly MetricGroup[],
  map: MapName,
  { adds, locale }: { adds: boolean; locale: string },
): PlacedGroups {
  const placed = new Map<string, PlacedGroup>()
  const apart: PlacedGroup[] = []
  const unplaced: string[] = []
  const ambiguous = new Set<string>()
  for (const group of groups) {
    const value = Number(group.total ?? 0)
    if (value === 0) continue
    const place = group.value === '' ? null : placeOf(group.value, map, locale)
    if (!place?.shape) unplaced.push(place?.name ?? nameOf(group, map))
    if (!place) {
      apart.push({ name: nameOf(group, map), shape: null, value })
      continue
    }
    const known = placed.get(place.id)
    if (!known) placed.set(place.id, { name: place.name, shape: place.shape, value })
    else if (adds) known.value += value
    else {
      ambiguous.add(place.name)
      apart.push({ name: `${place.name} (written “${group.label}”)`, shape: null, value })
    }
  }
  const all = [...placed.values(), ...apart].toSorted((a, b) => b.value - a.value)
  return { groups: all, unplaced: [...new Set(unplaced)], ambiguous: [...ambiguous] }
}

const nameOf = (group: MetricGroup, map: MapName): string =>
  group.value === '' ? (map === 'us' ? 'No region' : 'No country') : group.label
