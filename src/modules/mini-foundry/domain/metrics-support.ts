/** Which questions a metric can answer: what it can be split and filtered by. */
import { whyNotBack } from './as-of.ts'
import type { Dimension } from './dimensions.ts'
import type { Ast } from './formula/parse.ts'
import type { Metric } from './metrics.ts'

interface Asked {
  groupBy: Dimension | null
  filters: readonly { dimension: Dimension }[]
  asOf?: string
}

/** Why the metric cannot be asked like this, in a sentence; null when it can. */
export function whyNot(metric: Metric, { groupBy, filters, asOf }: Asked): string | null {
  if (groupBy && !metric.dimensions.includes(groupBy)) return refusal(metric, 'split', groupBy)
  const strange = filters.find(({ dimension }) => !metric.dimensions.includes(dimension))
  if (strange) return refusal(metric, 'filtered', strange.dimension)
  const asked = new Set([...filters.map(({ dimension }) => dimension), ...(groupBy ? [groupBy] : [])])
  if (!isOfSales(metric) && (asked.size > 1 || filters.length > 1)) {
    return `${metric.name} can be split or filtered by one thing at a time; only figures of sales can by several.`
  }
  return asOf ? whyNotBack(metric) : null
}

/** True when the metric comes from sales alone, which can be asked from the events themselves. */
export const isOfSales = (metric: Metric): boolean =>
  metric.measures.every(({ family }) => family === 'sales' || family === 'calendar')

/** True when the values of days add up to that of the range: sums of flows. */
export const isAdditive = (metric: Metric): boolean =>
  (metric.unit === 'money' || metric.unit === 'count') &&
  metric.measures.length > 0 &&
  metric.measures.every(({ kind, family }) => kind === 'flow' && family !== 'calendar') &&
  isSum(metric.ast)

function isSum(ast: Ast): boolean {
  switch (ast.type) {
    case 'name':
      return true
    case 'minus':
      return isSum(ast.of)
    case 'binary':
      if (ast.operator === '+' || ast.operator === '-') return isSum(ast.left) && isSum(ast.right)
      if (ast.operator === '*') return isTimes(ast.left, ast.right) || isTimes(ast.right, ast.left)
      return ast.operator === '/' && isTimes(ast.right, ast.left)
    default:
      return false
  }
}

const isTimes = (factor: Ast, of: Ast): boolean => factor.type === 'number' && isSum(of)

function refusal(metric: Metric, verb: 'split' | 'filtered', dimension: Dimension): string {
  const can = metric.dimensions.join(', ')
  const rest = can ? `it can be by ${can}` : 'it is known only for the business as a whole'
  return `${metric.name} cannot be ${verb} by ${dimension}; ${rest}.`
}
