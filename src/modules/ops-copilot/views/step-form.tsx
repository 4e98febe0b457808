/** The form of one step, with what it can use beside it. */
import type { FieldError } from '../../../platform/result.ts'
import { Button, LinkButton } from '../../../views/button.tsx'
import { ErrorSummary, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Step } from '../domain/definition-model.ts'
import type { ScopeGroup } from '../domain/scope-fields.ts'
import { FieldPicker, FieldSuggestions } from './field-picker.tsx'
import { type ActionFacts, ActionFields, type StepChoices } from './step-form-action.tsx'
import { ControlFields } from './step-form-control.tsx'
import { type Names, stepTitle } from './words.ts'

export interface StepFormProps {
  automation: { id: string; name: string; version: number }
  step: Step
  /** Of an action; null: nobody here knows it. */
  facts: ActionFacts | null
  groups: ScopeGroup[]
  choices: StepChoices
  events: { value: string; label: string }[]
  names: Names
  errors?: FieldError[]
  mayWrite: boolean
}

export const SUGGESTIONS = 'step-fields'

export function StepFormPage(props: StepFormProps) {
  const { automation, step, facts, groups, errors, names, mayWrite } = props
  const base = `/ops/automations/${automation.id}`
  const here = `${base}/steps/${step.id}`
  return (
    <>
      <PageHeader
        title={stepTitle(step, names)}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: base, label: automation.name },
        ]}
        lead={facts?.description}
        actions={
          <LinkButton href={`${here}/try`} small icon="spark">
            Try this step
          </LinkButton>
        }
      />
      <FieldSuggestions id={SUGGESTIONS} groups={groups} />
      <div class="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div class="min-w-0">
          {errors && <ErrorSummary errors={errors} />}
          <Form action={here} class="flex max-w-2xl flex-col gap-4">
            <input type="hidden" name="version" value={String(automation.version)} />
            <Field
              label="What you call it"
              name="name"
              value={step.name ?? ''}
              required={false}
              maxlength={120}
              placeholder={stepTitle({ ...step, name: undefined } as Step, names)}
            />
            {step.kind === 'action' ? (
              <ActionFields step={step} facts={facts} choices={props.choices} errors={errors} />
            ) : (
              <ControlFields
                step={step}
                events={props.events}
                people={props.choices.person}
                errors={errors}
              />
            )}
            {mayWrite && (
              <div class="flex flex-wrap gap-2">
                <SubmitButton>Save</SubmitButton>
                <LinkButton href={`${base}#step-${step.id}`}>Back without saving</LinkButton>
              </div>
            )}
          </Form>
          {mayWrite && (
            <form action={`${here}/remove`} method="post" class="mt-6">
              <input type="hidden" name="version" value={String(automation.version)} />
              <Button small tone="ghost" icon="trash">
                Remove this step
              </Button>
            </form>
          )}
        </div>
        <aside class="lg:sticky lg:top-20" aria-label="Help with this step">
          <FieldPicker groups={groups} />
        </aside>
      </div>
      <script type="module" src="/js/flow.js" />
    </>
  )
}
