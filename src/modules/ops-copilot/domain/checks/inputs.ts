/** What actions are given: known actions, fields that must be there, choices and connections that exist. */
import { templateProblem } from '../../../../kit/template.ts'
import type { StepField } from '../../../../platform/step.ts'
import type { ActionStep, Json, Step } from '../definition-model.ts'
import { type CheckedAction, type CheckWorld, type DraftIssue, liveSteps } from './model.ts'
import { nearest } from './nearest.ts'

export function inputIssues(steps: readonly Step[], world: CheckWorld): DraftIssue[] {
  return liveSteps(steps).flatMap(({ step, around }) => {
    if (step.kind !== 'action') return []
    const facts = world.action(step.action)
    if (!facts) return [unknownAction(step, world)]
    return [
      ...facts.fields.flatMap((field) => fieldIssues(step, field, world)),
      ...connectionIssues(step, facts, world),
      ...(step.action === 'mail.send' ? mailIssues(step, around) : []),
    ]
  })
}

function unknownAction({ id, action }: ActionStep, { actions }: CheckWorld): DraftIssue {
  const meant = nearest(action, actions)
  return {
    ...{ severity: 'error', step: id, message: `Nobody here knows how to do ${action}.` },
    fix: meant ? `Did you mean ${meant}?` : 'Choose another step, or connect what it belongs to.',
  }
}

function fieldIssues(step: ActionStep, field: StepField, { choices }: CheckWorld): DraftIssue[] {
  const { name, label, required, preset, kind } = field
  const value = step.input[name]
  const issue = (message: string, fix: string): DraftIssue[] => [
    { severity: 'error', step: step.id, field: name, message, fix },
  ]
  if (isEmpty(value))
    return required && (preset === undefined || name in step.input)
      ? issue(`${label} is missing.`, 'Fill it in.')
      : []
  const fault = templateFault(value)
  if (fault) return issue(`${label} cannot be read: ${fault}`, 'Look at its braces.')
  if (typeof value !== 'string' || value.includes('{{') || value.includes('{%')) return []
  if (field.choices && !field.choices.some((one) => one.value === value))
    return issue(
      `${label}: “${value}” is none of the choices.`,
      `Choose ${field.choices.map((one) => one.label).join(', ')}.`,
    )
  const known = choices[kind]
  if (known && !known.includes(value))
    return issue(`${label}: what was chosen is no more.`, 'Choose another.')
  return []
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** The first text in it that is no template, in words. */
function templateFault(value: Json | undefined): string | null {
  if (typeof value === 'string') return value.includes('{') ? (templateProblem(value)?.message ?? null) : null
  if (typeof value !== 'object' || value === null) return null
  for (const one of Object.values(value)) {
    const fault = templateFault(one)
    if (fault) return fault
  }
  return null
}

function connectionIssues(step: ActionStep, facts: CheckedAction, { connections }: CheckWorld): DraftIssue[] {
  if (facts.connection === null) return []
  const issue = (message: string, fix: string): DraftIssue[] => [
    { severity: 'error', step: step.id, field: 'connection', message, fix },
  ]
  const fitting = connections.filter(({ kind }) => kind === facts.connection)
  if (step.connection === undefined)
    return issue(
      `${facts.title} needs a connection to ${facts.connection}.`,
      fitting.length > 0 ? 'Choose which.' : 'Connect it under Settings, Connections.',
    )
  return fitting.some(({ id }) => id === step.connection)
    ? []
    : issue('The connection of this step is no more, or is not yours to use.', 'Choose another.')
}

/** A mail has a text, and what goes to many who did not ask for it lets them unsubscribe. */
function mailIssues({ id, input }: ActionStep, around: readonly Step[]): DraftIssue[] {
  if (!isEmpty(input.template)) return []
  const missing = (['subject', 'body'] as const)
    .filter((name) => isEmpty(input[name]))
    .map((name): DraftIssue => {
      const what = name === 'subject' ? 'subject' : 'text'
      return {
        ...{ severity: 'error', step: id, field: name, message: `The mail has no ${what}.` },
        fix: 'Write it, or choose a template.',
      }
    })
  const toMany = around.some((step) => step.kind === 'each') && /\{\{-?\s*item\b/.test(String(input.to ?? ''))
  if (!toMany || input.stream === 'marketing') return missing
  return [
    ...missing,
    {
      ...{ severity: 'warning', step: id, field: 'stream' },
      message: 'This mail goes to everybody of a list and has no unsubscribe link.',
      fix: 'If it advertises, choose Marketing as the kind of mail: it needs consent, and carries the link.',
    },
  ]
}
