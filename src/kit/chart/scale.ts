/** Scales that the builders share: where values lie, and which labels of an axis have room. */
import { scaleLinear } from 'd3-scale'

/** From zero (or below) to the highest value, never of no height. */
export function valueDomain(values: number[]): [number, number] {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  return low === high ? [0, 1] : [low, high]
}

/** Vertical, with ends on round numbers; `from` is the lower edge of the plot. */
export function valueScale(values: number[], from: number, to: number) {
  return scaleLinear().domain(valueDomain(values)).nice(4).range([from, to])
}

/** Between its lowest and highest value, with a little air: for pictures that show shape, not size. */
export function shapeScale(values: number[], from: number, to: number) {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const air = (high - low || Math.abs(high) || 1) * 0.12
  return scaleLinear()
    .domain([low - air, high + air])
    .range([from, to])
}

/**
 * Which of `labels` an axis of `room` units shows: evenly spaced, as many as fit beside each other without touching,
 * the last one always among them when there is more than one. Empty labels are never chosen.
 */
export function chooseLabels(labels: string[], room: number, unitsPerLetter = 7): number[] {
  const known = labels.flatMap((label, index) => (label === '' ? [] : [index]))
  const longest = Math.max(1, ...labels.map((label) => label.length))
  const fit = Math.max(1, Math.floor(room / (longest * unitsPerLetter + 18)))
  const every = Math.max(1, Math.ceil(known.length / fit))
  const last = known.length - 1
  return known.filter((_, place) => (last - place) % every === 0)
}

export const tenth = (value: number): number => Math.round(value * 10) / 10
