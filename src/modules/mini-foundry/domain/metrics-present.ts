/** Values of metrics as callers get them: the one rounding, by unit. */
import { currencyDigits, formatUnits, moneyText } from '../../../platform/money.ts'
import type { Unit } from './formula/check.ts'

/**
 * Money as decimal text in the currency's own precision, counts as numbers, ratios with four decimals, percentages as
 * 0-100 with two, days and hours with two; null where there is no value.
 */
export type MetricValue = string | number | null

/** Rounds half away from zero, to what the unit shows. `value` is as formulas give it: money in 1/10,000, 0.05 for 5%. */
export function presentValue(unit: Unit, value: number | null, currency: string): MetricValue {
  if (value === null) return null
  switch (unit) {
    case 'money':
      return presentMoney(value, currency)
    case 'percent':
      return rounded(value * 100, 2)
    case 'days':
    case 'hours':
      return rounded(value, 2)
    case 'count':
    case 'ratio':
      return rounded(value, 4)
  }
}

function presentMoney(value: number, currency: string): string {
  if (Number.isInteger(value)) return moneyText(value, currency)
  const digits = currencyDigits(currency)
  return formatUnits(rounded(value / 10 ** (4 - digits), 0) * 10 ** (4 - digits), digits)
}

/** What is a hair below a half because of binary fractions counts as the half. */
function rounded(value: number, decimals: number): number {
  const scaled = Math.abs(value) * 10 ** decimals
  const whole = Math.floor(scaled + 0.5 + Math.min(1e-9 * Math.max(1, scaled), 1e-4)) / 10 ** decimals
  return whole === 0 ? 0 : Math.sign(value) * whole
}
