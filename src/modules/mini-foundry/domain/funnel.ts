/** Steps one after another, and how many of each go on to the next. */

export interface FunnelStep {
  name: string
  value: number | null
  /** 0-100 with one decimal of the first step and of the step before; null where either has no value or is zero. */
  of_first_percent: number | null
  of_previous_percent: number | null
}

/** A step may be larger than the one before (more conversions than clicks): it is shown as it is, above 100. */
export function funnelOf(steps: readonly { name: string; value: number | null }[]): FunnelStep[] {
  const first = steps[0]?.value ?? null
  return steps.map(({ name, value }, index) => ({
    name,
    value,
    of_first_percent: share(value, first),
    of_previous_percent: index === 0 ? null : share(value, steps[index - 1]?.value ?? null),
  }))
}

const share = (part: number | null, whole: number | null): number | null =>
  part === null || !whole ? null : Math.round((part / whole) * 1000) / 10
