/** Conditions as rows of a form: field, operator, value. What nests deeper is kept as JSON. */
import { type Condition, type ConditionLine, OPERATORS, operatorChoices } from '../../../kit/condition.ts'
import { type FormValues, numbered } from './form-values.ts'

export interface ConditionRows {
  join: 'all' | 'any'
  rows: { field: string; operator: string; value: string }[]
  /** The condition nests, so that rows cannot show it; its JSON instead. */
  json: string | null
}

/** The rows that show a condition. A single line is one row. */
export function conditionRows(condition: Condition): ConditionRows {
  if ('field' in condition) return { join: 'all', rows: [rowOf(condition)], json: null }
  const join = 'all' in condition ? 'all' : 'any'
  const list = 'all' in condition ? condition.all : condition.any
  const flat = list.every((one): one is ConditionLine => 'field' in one)
  if (flat) return { join, rows: list.map(rowOf), json: null }
  return { join, rows: [], json: JSON.stringify(condition, null, 2) }
}

const rowOf = ({ field, operator, value }: ConditionLine) => ({
  field,
  operator,
  value: Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value),
})

/** What the form says, still unread: `conditionSchema` judges it. Rows without a field are left out. */
export function conditionFromForm(values: FormValues, prefix: string): unknown {
  const json = values.text(`${prefix}_json`)
  if (json !== '') return parsed(json)
  const join = values.text(`${prefix}_join`) === 'any' ? 'any' : 'all'
  const lines = numbered(values, (at) => `${prefix}_${at}_field`).flatMap((at) => {
    const field = pathOf(values.text(`${prefix}_${at}_field`))
    if (field === '') return []
    return [lineOf(field, values.text(`${prefix}_${at}_operator`), values.text(`${prefix}_${at}_value`))]
  })
  return { [join]: lines }
}

const NEEDS = new Map(operatorChoices().map(({ value, needs }) => [value as string, needs]))

function lineOf(field: string, operator: string, value: string): unknown {
  const known = OPERATORS.find((one) => one === operator) ?? 'equals'
  switch (NEEDS.get(known)) {
    case 'nothing':
      return { field, operator: known }
    case 'list':
      return {
        field,
        operator: known,
        value: value
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      }
    case 'number':
      return {
        field,
        operator: known,
        value: value !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
      }
    default:
      return { field, operator: known, value }
  }
}

/** People copy fields with their braces. */
const pathOf = (text: string): string => text.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
