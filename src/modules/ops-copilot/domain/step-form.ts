/** A step as its form sends it, still unread: `stepsSchema` judges it. */
import type { StepField, StepJson } from '../../../platform/step.ts'
import { conditionFromForm } from './condition-form.ts'
import type { Duration, Step } from './definition-model.ts'
import { type FormValues, numbered, wholeNumber } from './form-values.ts'
import { fieldsFromForm } from './trigger-form.ts'

/** `fields`: of the action, from the catalogue. Lists of steps below are taken over from `step`. */
export function stepFromForm(step: Step, values: FormValues, fields: readonly StepField[]): unknown {
  const name = values.text('name')
  const { name: _old, ...rest } = step
  return { ...rest, ...(name ? { name } : {}), ...ownFields(step, values, fields) }
}

function ownFields(step: Step, values: FormValues, fields: readonly StepField[]): Record<string, unknown> {
  switch (step.kind) {
    case 'if':
      return { condition: conditionFromForm(values, 'condition') }
    case 'switch':
      return { cases: casesOf(step, values) }
    case 'parallel':
      return { branches: branchesFrom(step, values) }
    case 'each':
      return {
        list: values.text('list').replace(/^\{\{\s*|\s*\}\}$/g, ''),
        most: wholeNumber(values, 'most') ?? 100,
      }
    case 'wait':
      return waitOf(values)
    case 'wait_event':
      return {
        ...{ event: values.text('event'), match: conditionFromForm(values, 'match') },
        within: durationOf(values, 'within') ?? step.within,
      }
    case 'approval':
      return approvalOf(values)
    case 'set':
      return { values: pairsOf(values, 'values') }
    case 'stop':
      return { outcome: values.text('outcome') || 'completed', message: values.text('message') }
    case 'action':
      return actionOf(values, fields)
  }
}

/** A case without a name goes, unless it is the only one. */
function casesOf(step: Extract<Step, { kind: 'switch' }>, values: FormValues): unknown[] {
  return numbered(values, (at) => `case_${at}_name`).flatMap((at) => {
    const name = values.text(`case_${at}_name`)
    if (name === '') return []
    return [{ name, condition: conditionFromForm(values, `case_${at}`), steps: step.cases[at]?.steps ?? [] }]
  })
}

function branchesFrom(step: Extract<Step, { kind: 'parallel' }>, values: FormValues): unknown[] {
  return numbered(values, (at) => `branch_${at}_name`).flatMap((at) => {
    const name = values.text(`branch_${at}_name`)
    return name === '' ? [] : [{ name, steps: step.branches[at]?.steps ?? [] }]
  })
}

function waitOf(values: FormValues): Record<string, unknown> {
  const hours = values.text('hours') === 'business' ? 'business' : 'any'
  return values.text('mode') === 'until'
    ? { until: values.text('until'), for: undefined, hours }
    : { for: durationOf(values, 'for'), until: undefined, hours }
}

/** Null: nothing was written. */
export function durationOf(values: FormValues, prefix: string): Duration | null {
  const amount = wholeNumber(values, `${prefix}_amount`)
  if (amount === null) return null
  return { amount, unit: (values.text(`${prefix}_unit`) || 'days') as Duration['unit'] }
}

function approvalOf(values: FormValues): Record<string, unknown> {
  const more = values
    .text('approvers_more')
    .split(/[\s,;]+/)
    .filter(Boolean)
  return {
    title: values.text('title'),
    body: values.text('body'),
    approvers: [...new Set([...values.all('approvers'), ...more])],
    needed: wholeNumber(values, 'needed') ?? 1,
    self: values.text('self') === 'yes',
    fields: fieldsFromForm(values),
    within: durationOf(values, 'within') ?? undefined,
    remind: durationOf(values, 'remind') ?? undefined,
    on_timeout: values.text('on_timeout') || 'reject',
  }
}

/** Name and value side by side; names that are empty are left out. */
export function pairsOf(values: FormValues, prefix: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const at of numbered(values, (at) => `${prefix}_${at}_name`)) {
    const name = values.text(`${prefix}_${at}_name`)
    if (name !== '') pairs[name] = values.text(`${prefix}_${at}_value`)
  }
  return pairs
}

function actionOf(values: FormValues, fields: readonly StepField[]): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const value = inputOf(field, values)
    if (value !== null) input[field.name] = value
  }
  const tries = wholeNumber(values, 'tries')
  const seconds = wholeNumber(values, 'timeout_seconds')
  const scope = values.text('once')
  return {
    ...{ input, connection: values.text('connection') || undefined },
    on_error: values.text('on_error') || 'stop',
    retry: tries && tries > 1 ? { tries, schedule: values.text('retry_schedule') || 'quick' } : undefined,
    timeout_seconds: seconds ?? undefined,
    once: scope === '' ? undefined : scope === 'custom' ? { scope, key: values.text('once_key') } : { scope },
  }
}

function inputOf(field: StepField, values: FormValues): StepJson {
  const name = `input_${field.name}`
  if (field.kind === 'pairs') return emptyIsNull(pairsOf(values, name))
  const text = values.text(name)
  if (field.kind === 'yes_no') return text === 'yes'
  if (text === '') return null
  if (field.kind === 'number' && Number.isFinite(Number(text))) return Number(text)
  return field.kind === 'json' ? structure(text) : text
}

const emptyIsNull = (pairs: Record<string, string>): StepJson =>
  Object.keys(pairs).length > 0 ? pairs : null

/** JSON where it is some; else the text, which may hold templates. */
function structure(text: string): StepJson {
  try {
    return JSON.parse(text) as StepJson
  } catch {
    return text
  }
}
