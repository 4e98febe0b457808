/** What an alert is narrowed to, in words, and what is said when nothing in the data is called so. */
import type { Dimension } from './dimensions.ts'
import { nearest } from './formula/suggest.ts'
import { placeOf } from './places.ts'
import { DIMENSION_NAMES } from './templates.ts'

const NAMED = 5

export interface FilterValue {
  dimension: Dimension
  value: string
  /** How people call it: the name of a source, of a country. */
  label: string
}

/** `country:US` in its two parts; null when it is none. The value may hold colons of its own. */
export function filterParts(filter: string): { dimension: Dimension; value: string } | null {
  const colon = filter.indexOf(':')
  const dimension = filter.slice(0, colon)
  if (colon < 0 || !(dimension in DIMENSION_NAMES)) return null
  return { dimension: dimension as Dimension, value: filter.slice(colon + 1) }
}

/** A value as it is listed: countries with their name, sources by their name alone. */
export function filterLabel(
  { dimension, value }: { dimension: Dimension; value: string },
  sourceNames: ReadonlyMap<string, string>,
  locale: string,
): string {
  if (dimension === 'source') return sourceNames.get(value) ?? value
  const place = dimension === 'country' ? placeOf(value, 'world', locale) : null
  return place && place.name !== value ? `${place.name} (${value})` : value
}

/** `There is no country “Atlantis” in your data; there are US, CA, GB.` `known` are the labels there are, the largest first. */
export function unknownValueWords(
  { dimension, value }: { dimension: Dimension; value: string },
  known: readonly string[],
): string {
  const head = `There is no ${DIMENSION_NAMES[dimension]} “${value}” in your data`
  const meant = nearest(
    value.toLowerCase(),
    known.map((name) => name.toLowerCase()),
  )
  const name = known.find((one) => one.toLowerCase() === meant)
  if (name) return `${head}; did you mean ${name}?`
  if (known.length === 0) return `${head}.`
  const more = known.length > NAMED ? ` and ${known.length - NAMED} more` : ''
  return `${head}; there are ${known.slice(0, NAMED).join(', ')}${more}.`
}
