/** Conditions of n8n's If, Filter and Switch, old and new, as ours. */
import type { Condition, ConditionLine, Operator } from '../../../../kit/condition.ts'
import { conditionSchema } from '../../../../kit/condition.ts'
import { type Source, templateOf } from './expression.ts'
import { isRecord, type Params, textOf } from './workflow.ts'

export interface ReadCondition {
  condition: Condition
  /** Lines that could not be said, in words; they are left out of the condition. */
  unread: string[]
}

const OPERATIONS: Record<string, Operator> = {
  equals: 'equals',
  equal: 'equals',
  notequals: 'not_equals',
  notequal: 'not_equals',
  contains: 'contains',
  notcontains: 'not_contains',
  startswith: 'starts_with',
  endswith: 'ends_with',
  larger: 'greater_than',
  gt: 'greater_than',
  largerequal: 'at_least',
  gte: 'at_least',
  smaller: 'less_than',
  lt: 'less_than',
  smallerequal: 'at_most',
  lte: 'at_most',
  after: 'after',
  before: 'before',
  exists: 'is_not_empty',
  notempty: 'is_not_empty',
  isnotempty: 'is_not_empty',
  notexists: 'is_empty',
  empty: 'is_empty',
  isempty: 'is_empty',
  true: 'is_true',
  false: 'is_false',
}
const ALONE = new Set<Operator>(['is_empty', 'is_not_empty', 'is_true', 'is_false'])

/** What `conditions` of a node says: the forms of version 1 (by type) and of version 2 (one list). */
export function conditionOf(conditions: unknown, combine: string, source: Source): ReadCondition {
  if (!isRecord(conditions)) return joined([], combine, [])
  const list = conditions.conditions
  if (Array.isArray(list)) {
    const lines = list.filter(isRecord).map((one) => {
      const operator = isRecord(one.operator) ? textOf(one.operator.operation) : textOf(one.operator)
      return lineOf(one.leftValue, operator || 'equals', one.rightValue, source)
    })
    return joined(lines, textOf(conditions.combinator) || combine)
  }
  const lines = Object.entries(conditions).flatMap(([type, held]) =>
    (Array.isArray(held) ? held : []).filter(isRecord).map((one) => {
      const usual = type === 'number' ? 'smaller' : type === 'dateTime' ? 'after' : 'equal'
      return lineOf(one.value1, textOf(one.operation) || usual, one.value2, source)
    }),
  )
  return joined(lines, combine)
}

/** One line of Switch in its first versions: a value, an operation, another value. */
export const ruleOf = (value1: unknown, rule: Params, source: Source): ReadCondition =>
  joined([lineOf(value1, textOf(rule.operation) || 'equal', rule.value2, source)], 'and')

type Line = ConditionLine | string

function lineOf(left: unknown, operation: string, right: unknown, source: Source): Line {
  const operator = OPERATIONS[operation.toLowerCase()]
  const shown = `${textOf(left)} ${operation} ${textOf(right)}`.trim()
  const field = typeof left === 'string' ? templateOf(left, source).path : null
  if (!operator || field === null) return shown
  if (ALONE.has(operator)) return { field, operator }
  if (typeof right !== 'string')
    return { field, operator, value: typeof right === 'number' || typeof right === 'boolean' ? right : '' }
  const value = templateOf(right, source)
  return value.unread.length > 0 ? shown : { field, operator, value: value.text }
}

function joined(lines: readonly Line[], combine: string, extra: string[] = []): ReadCondition {
  const unread = [...extra, ...lines.filter((line) => typeof line === 'string')]
  const good = lines.filter((line): line is ConditionLine => {
    if (typeof line === 'string') return false
    const fits = conditionSchema.safeParse(line).success
    if (!fits) unread.push(`${line.field} ${line.operator} ${String(line.value ?? '')}`.trim())
    return fits
  })
  const kept = good.slice(0, 50)
  return { condition: /^(or|any)$/i.test(combine) && kept.length > 0 ? { any: kept } : { all: kept }, unread }
}
