/** The builder's forms: each becomes one change of the draft, which can be taken back. */
import type { Actor } from '../../../platform/actor.ts'
import { fail, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Trigger } from '../domain/automation-model.ts'
import { blankAction, blankStep, CONTROL_KINDS } from '../domain/blank-step.ts'
import { conditionFromForm } from '../domain/condition-form.ts'
import { listsOf } from '../domain/definition.ts'
import type { Step } from '../domain/definition-model.ts'
import { formValues, numbered, wholeNumber } from '../domain/form-values.ts'
import { stepFromForm } from '../domain/step-form.ts'
import { blankTrigger, triggerFromForm } from '../domain/trigger-form.ts'
import type { AutomationRow } from '../store/automations.ts'
import { readAutomation, updateAutomation } from './automations.ts'
import { editAutomation } from './automations-edit.ts'
import { stepCatalogue } from './catalogue.ts'

/** Names and values of a form as they were sent. */
export type FormPairs = Iterable<readonly [string, string]>

export function findStep(steps: readonly Step[], id: string): Step | null {
  return [...listsOf(steps).values()].flat().find((step) => step.id === id) ?? null
}

export interface NewStep {
  list: string
  at: number
  /** Either what steers, or what does something. */
  kind?: string
  action?: string
}

/** A new step where it was asked for; its id. */
export async function addStep(
  services: Services,
  actor: Actor,
  id: string,
  { list, at, kind, action }: NewStep,
  version: number | null,
): Promise<Result<{ row: AutomationRow; stepId: string }>> {
  const before = await readAutomation(services, actor, id)
  if (!before.ok) return before
  const step = blankFor(services, kind, action)
  if (!step) return fail('invalid', 'unknown-step', 'There is no such step. Choose another.')
  const known = new Set([...listsOf(before.value.actions).values()].flat().map((one) => one.id))
  const changed = await editAutomation(services, actor, id, { edit: 'add', list, at, step }, version)
  if (!changed.ok) return changed
  const made = [...listsOf(changed.value.actions).values()].flat().find((one) => !known.has(one.id))
  return ok({ row: changed.value, stepId: made?.id ?? '' })
}

function blankFor(services: Services, kind: string | undefined, action: string | undefined): Step | null {
  if (action) {
    const facts = stepCatalogue(services).find((one) => one.action === action)
    return facts ? blankAction(action, facts.fields) : null
  }
  const control = CONTROL_KINDS.find((one) => one.kind === kind)
  return control ? blankStep(control.kind) : null
}

export async function saveStep(
  services: Services,
  actor: Actor,
  id: string,
  stepId: string,
  pairs: FormPairs,
): Promise<Result<AutomationRow>> {
  const before = await readAutomation(services, actor, id)
  if (!before.ok) return before
  const step = findStep(before.value.actions, stepId)
  if (!step) return notFound('step')
  const values = formValues(pairs)
  const facts =
    step.kind === 'action' ? stepCatalogue(services).find((one) => one.action === step.action) : undefined
  const wish = stepFromForm(step, values, facts?.fields ?? [])
  return editAutomation(services, actor, id, { edit: 'set', step: wish }, wholeNumber(values, 'version'))
}

export async function saveTrigger(
  services: Services,
  actor: Actor,
  id: string,
  pairs: FormPairs,
): Promise<Result<AutomationRow>> {
  const values = formValues(pairs)
  const trigger_config = triggerFromForm(values)
  return updateAutomation(services, actor, id, { trigger_config }, wholeNumber(values, 'version'))
}

/** Name, rules that end runs, care. */
export async function saveSettings(
  services: Services,
  actor: Actor,
  id: string,
  pairs: FormPairs,
): Promise<Result<AutomationRow>> {
  const values = formValues(pairs)
  const stop_on = numbered(values, (at) => `stop_${at}_event`).flatMap((at) => {
    const event = values.text(`stop_${at}_event`)
    return event === '' ? [] : [{ event, match: conditionFromForm(values, `stop_${at}_match`) }]
  })
  const care = {
    hold_first: wholeNumber(values, 'hold_first') ?? 0,
    undo_minutes: wholeNumber(values, 'undo_minutes') ?? 0,
    brake_per_hour: wholeNumber(values, 'brake_per_hour'),
    at_once: wholeNumber(values, 'at_once'),
  }
  const input = { name: values.text('name'), description: values.text('description'), stop_on, care }
  return updateAutomation(services, actor, id, input, wholeNumber(values, 'version'))
}

/** The trigger as it is, or one of another kind to begin with. */
export function triggerToShow(row: AutomationRow, kind: string | undefined, timeZone: string): Trigger {
  if (!kind || kind === row.triggerConfig.kind) return row.triggerConfig
  const blank = blankTrigger(kind, timeZone)
  const rest = {
    ...{ condition: { all: [] }, again_after_days: null, fields: [], missed: 'latest', proof: 'address' },
    ...{ id_path: null, intro: '', thanks: '' },
  }
  return { ...rest, ...blank } as unknown as Trigger
}
