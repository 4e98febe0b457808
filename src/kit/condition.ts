/** Conditions as data: lines of field, operator and value, joined by all or any. No expressions, nothing to run. */
import * as z from 'zod'
import { compare, type Known, OPERATORS, type Operator, WORDS } from './condition/operators.ts'
import { valueAt } from './condition/path.ts'

export { OPERATORS, type Operator } from './condition/operators.ts'
export { valueAt } from './condition/path.ts'

export interface ConditionLine {
  /** Path into the data: `trigger.invoice.total`. */
  field: string
  operator: Operator
  /** Text, number, true or false, or a list of them; nothing for operators that need none. */
  value?: string | number | boolean | (string | number)[] | null
}

export type Condition = { all: Condition[] } | { any: Condition[] } | ConditionLine

const MAX_DEPTH = 5
const MAX_LINES = 50

const line = z.strictObject({
  field: z.string().trim().min(1).max(200),
  operator: z.enum(OPERATORS),
  value: z
    .union([
      z.string().max(2000),
      z.number(),
      z.boolean(),
      z.array(z.union([z.string().max(500), z.number()])).max(200),
      z.null(),
    ])
    .optional(),
})

const nested: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(nested).max(MAX_LINES) }),
    z.strictObject({ any: z.array(nested).max(MAX_LINES) }),
    line,
  ]),
)

export const conditionSchema = nested.superRefine((condition, context) => {
  if (depthOf(condition) > MAX_DEPTH)
    context.addIssue({ code: 'custom', message: `Conditions nest at most ${MAX_DEPTH} deep.` })
  const lines = linesOf(condition)
  if (lines.length > MAX_LINES)
    context.addIssue({ code: 'custom', message: `A condition holds at most ${MAX_LINES} lines.` })
  for (const { field, operator, value } of lines) {
    const needs = WORDS[operator].needs
    if (needs !== 'nothing' && (value === undefined || value === null || value === ''))
      context.addIssue({ code: 'custom', message: `Say what ${field} is compared with.` })
    if (needs === 'list' && !Array.isArray(value) && value !== undefined)
      context.addIssue({ code: 'custom', message: `${field} needs a list to compare with.` })
  }
})

/** What was looked at, so that people can be told why. */
export interface Judged {
  line: ConditionLine
  /** What the field held. */
  found: unknown
  holds: boolean
}

export interface Judgement {
  holds: boolean
  /** The lines that were looked at, in their order. */
  lines: Judged[]
}

/**
 * Whether `condition` holds for `data`. Text that is a number compares as one (`"120"` and 120), days and instants by
 * time; text ignores case. A field that is missing is empty: it equals nothing and is more than nothing. `all` of no
 * lines holds, `any` of no lines does not.
 */
export function judge(condition: Condition, data: unknown, known: Known): Judgement {
  const lines: Judged[] = []
  return { holds: holds(condition, data, known, lines), lines }
}

function holds(condition: Condition, data: unknown, known: Known, lines: Judged[]): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, data, known, lines))
  if ('any' in condition) return condition.any.some((one) => holds(one, data, known, lines))
  const found = valueAt(data, condition.field)
  const answer = compare(condition.operator, found, condition.value ?? null, known)
  lines.push({ line: condition, found, holds: answer })
  return answer
}

/** The condition as a person reads it: `total is more than 100 and (country is DE or country is AT)`. */
export function conditionWords(
  condition: Condition,
  name: (field: string) => string = (field) => field,
): string {
  return words(condition, name, true)
}

function words(condition: Condition, name: (field: string) => string, outer: boolean): string {
  if ('field' in condition) return lineWords(condition, name)
  const [list, join, none] =
    'all' in condition ? [condition.all, ' and ', 'always'] : [condition.any, ' or ', 'never']
  if (list.length === 0) return none
  const text = list.map((one) => words(one, name, list.length === 1 && outer)).join(join)
  return outer || list.length === 1 ? text : `(${text})`
}

/** Every operator with its verb, for lists to choose from. `needs: nothing` takes no value. */
export const operatorChoices = (): { value: Operator; label: string; needs: string }[] =>
  OPERATORS.map((value) => ({
    value,
    label: `${WORDS[value].verb}${WORDS[value].unit ? ' (days)' : ''}`,
    needs: WORDS[value].needs,
  }))

/** One line in words. */
export function lineWords(
  { field, operator, value }: ConditionLine,
  name: (field: string) => string,
): string {
  const { verb, needs, unit = '' } = WORDS[operator]
  if (needs === 'nothing') return `${name(field)} ${verb}`
  return `${name(field)} ${verb} ${Array.isArray(value) ? value.join(', ') : String(value ?? '')}${unit}`
}

/** Every line of it, from left to right. */
export function linesOf(condition: Condition): ConditionLine[] {
  if ('all' in condition) return condition.all.flatMap(linesOf)
  if ('any' in condition) return condition.any.flatMap(linesOf)
  return [condition]
}

const depthOf = (condition: Condition): number => {
  const below = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null
  return below ? 1 + Math.max(0, ...below.map(depthOf)) : 0
}
