/** How the business works: what waits, reminders and mails keep to. */
import type { FieldError } from '../../../platform/result.ts'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { CopilotSettings } from '../domain/copilot-settings.ts'
import { OpsTabs } from './ops-tabs.tsx'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function HoursPage(props: {
  settings: CopilotSettings
  timeZone: string
  mayManage: boolean
  errors?: FieldError[]
}) {
  const { settings, timeZone, mayManage, errors } = props
  const at = (name: string) => errorOf(errors, name)
  return (
    <>
      <OpsTabs current="settings" />
      <PageHeader
        title="Working hours"
        lead={`Waits go on in office hours, and nobody outside is written to at night. All times are in ${timeZone}.`}
      />
      {errors && <ErrorSummary errors={errors} />}
      <Form action="/ops/settings" class="flex max-w-xl flex-col gap-5">
        <fieldset class="flex flex-col gap-2" disabled={!mayManage}>
          <legend class="mb-1 font-medium text-sm">Days that are worked</legend>
          {DAYS.map((label, index) => (
            <CheckboxField
              name="workdays"
              value={String(index + 1)}
              label={label}
              checked={settings.workdays.includes(index + 1)}
            />
          ))}
          {at('workdays') && <p class="text-error text-sm">{at('workdays')}</p>}
        </fieldset>
        <div class="grid grid-cols-2 gap-3">
          <Field label="The office opens" name="opens" value={settings.opens} error={at('opens')} />
          <Field label="It closes" name="closes" value={settings.closes} error={at('closes')} />
          <Field
            label="No mail to customers from"
            name="quiet_from"
            value={settings.quiet_from}
            error={at('quiet_from')}
          />
          <Field label="until" name="quiet_to" value={settings.quiet_to} error={at('quiet_to')} />
        </div>
        <TextareaField
          label="Holidays"
          name="holidays"
          value={settings.holidays.join('\n')}
          rows={5}
          error={at('holidays')}
          hint="One day a line, like 2026-12-25."
        />
        <div class="grid grid-cols-2 gap-3">
          <Field
            label="Mails to one person a day, at most"
            name="mails_per_day"
            type="number"
            min="1"
            value={String(settings.mails_per_day)}
            error={at('mails_per_day')}
          />
          <Field
            label="and a week"
            name="mails_per_week"
            type="number"
            min="1"
            value={String(settings.mails_per_week)}
            error={at('mails_per_week')}
          />
        </div>
        <TextareaField
          label="Postal address"
          name="postal_address"
          value={settings.postal_address}
          rows={3}
          error={at('postal_address')}
          hint="Stands below marketing mails, as the law asks in many countries."
        />
        <CheckboxField
          name="track_clicks"
          value="yes"
          label="Count clicks on links"
          checked={settings.track_clicks}
          hint="Links lead through here; who clicked is told apart from programs as well as it can be."
        />
        <CheckboxField
          name="track_opens"
          value="yes"
          label="Count opens"
          checked={settings.track_opens}
          hint="By a picture of one point. Many mail programs load it for everybody, so it is a rough figure."
        />
        {mayManage && <SubmitButton>Save</SubmitButton>}
      </Form>
    </>
  )
}
