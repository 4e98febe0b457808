/** What somebody enters before a run begins: by hand, through a form, or as a program. */
import type { FieldError } from '../../../platform/result.ts'
import type { InputField } from './automation-model.ts'

type Value = string | number | boolean | null

/** The values by name, or a sentence for each field that needs another look. Fields nobody asked for are refused. */
export function readInput(
  fields: readonly InputField[],
  input: Record<string, unknown>,
): { ok: true; values: Record<string, Value> } | { ok: false; errors: FieldError[] } {
  const values: Record<string, Value> = {}
  const errors: FieldError[] = []
  for (const field of fields) {
    const read = readField(field, input[field.name])
    if (typeof read === 'string') errors.push({ path: field.name, message: read })
    else values[field.name] = read.value
  }
  for (const name of Object.keys(input))
    if (!fields.some((field) => field.name === name))
      errors.push({ path: name, message: 'Nobody asked for this.' })
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values }
}

const MOST = 10_000
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

function readField(field: InputField, given: unknown): { value: Value } | string {
  const { kind, required, label } = field
  if (kind === 'yes_no') return { value: [true, 'true', 'yes', 'on', '1'].includes(given as never) }
  const text = given === undefined || given === null ? '' : String(given).trim()
  if (text === '') return required ? `${label} is missing.` : { value: null }
  if (text.length > MOST) return `At most ${MOST} characters.`
  switch (kind) {
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : 'Write a number, like 12.5.'
    case 'email':
      return ADDRESS.test(text) ? { value: text } : 'Write one e-mail address.'
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
        ? { value: text }
        : 'Write a day like 2026-12-01.'
    case 'choice':
      return field.choices?.includes(text) ? { value: text } : 'Choose one of the list.'
    default:
      return { value: text }
  }
}
