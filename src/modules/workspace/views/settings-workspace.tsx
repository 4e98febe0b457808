/** Name, place, money and calendar of a workspace; and a new workspace. */
import type { FieldError } from '../../../platform/result.ts'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface WorkspaceFormProps {
  values: Record<string, string>
  zones: readonly string[]
  currencies: readonly string[]
  mayChange: boolean
  errors?: FieldError[]
  detail?: string
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

const numbered = (names: string[]) => names.map((label, index) => ({ value: String(index + 1), label }))

export function WorkspaceSettingsPage(props: WorkspaceFormProps) {
  return (
    <SettingsFrame at="/settings" lead="Numbers, days and money everywhere follow what is set here.">
      <Card>
        {!props.mayChange && (
          <p class="mb-3 text-base-content/75 text-sm">Only owners and admins can change these.</p>
        )}
        <fieldset disabled={!props.mayChange}>
          <legend class="sr-only">Workspace</legend>
          <Form action="/settings">
            <input type="hidden" name="version" value={props.values.version ?? ''} />
            <WorkspaceFields {...props} />
            {props.mayChange && <SubmitButton>Save</SubmitButton>}
          </Form>
        </fieldset>
      </Card>
    </SettingsFrame>
  )
}

export function NewWorkspacePage(props: WorkspaceFormProps) {
  return (
    <div class="mx-auto max-w-2xl">
      <h1 class="mb-4 font-semibold text-2xl tracking-tight">New workspace</h1>
      <Card>
        <Form action="/workspaces/new">
          <WorkspaceFields {...props} />
          <SubmitButton>Make the workspace</SubmitButton>
        </Form>
      </Card>
    </div>
  )
}

function WorkspaceFields({ values, zones, currencies, errors, detail }: WorkspaceFormProps) {
  const field = (name: string) => ({ name, value: values[name], error: errorOf(errors, name) })
  return (
    <>
      <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
      <div class="grid gap-4 sm:grid-cols-2">
        <Field label="Name" {...field('name')} required />
        <Field label="Industry" {...field('industry')} placeholder="e.g. Home goods" required={false} />
        <Field
          label="Time zone"
          {...field('timeZone')}
          list="zones"
          hint="A day begins at midnight here. Changing it re-counts past days in the background."
          required
        />
        <SelectField
          label="Currency"
          {...field('currency')}
          options={currencies.map((code) => ({ value: code, label: code }))}
          hint="Totals are shown in it; amounts keep their own currency."
        />
        <Field
          label="Language and region"
          {...field('locale')}
          placeholder="en-GB"
          hint="How dates and numbers are written."
          required
        />
        <Field
          label="Country"
          {...field('country')}
          maxlength={2}
          placeholder="DE"
          hint="Two letters."
          required
        />
        <SelectField label="The week begins on" {...field('weekStart')} options={numbered(DAYS)} />
        <SelectField
          label="The fiscal year begins in"
          {...field('fiscalYearStart')}
          options={numbered(MONTHS)}
        />
      </div>
      <datalist id="zones">
        {zones.map((zone) => (
          <option value={zone} />
        ))}
      </datalist>
    </>
  )
}
