/** How a person wants to hear of things: by kind, and at which times. */
import { dateFormat } from '../../../kit/format.ts'
import type { FieldError } from '../../../platform/result.ts'
import type { NoticeKind } from '../../../platform/wing-facts.ts'
import { Badge } from '../../../views/badge.tsx'
import { Card } from '../../../views/card.tsx'
import { roleOf } from '../../../views/data-table.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import type { MailMode, NoticePreference, NoticeSettings } from '../domain/notice.ts'
import { SettingsFrame } from './settings-tabs.tsx'

export interface NotificationSettingsProps {
  kinds: (NoticeKind & { chosen: NoticePreference })[]
  settings: NoticeSettings
  zones: readonly string[]
  email: string
  locale: string
  errors?: FieldError[]
}

const MODES: { value: MailMode; label: string }[] = [
  { value: 'instant', label: 'At once' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'off', label: 'Never' },
]

export function NotificationSettingsPage(props: NotificationSettingsProps) {
  return (
    <SettingsFrame
      at="/settings/notifications"
      lead={`What you hear of, and how. Mail goes to ${props.email}.`}
    >
      <Form action="/settings/notifications" class="flex flex-col gap-5">
        <ErrorSummary errors={props.errors} />
        <KindTable {...props} />
        <TimesCard {...props} />
        <SubmitButton>Save</SubmitButton>
      </Form>
    </SettingsFrame>
  )
}

function KindTable({ kinds }: NotificationSettingsProps) {
  return (
    <section class="surface overflow-x-auto" tabindex={0} aria-label="By kind">
      <table class="table-sm table table-stack" {...roleOf('table')}>
        <caption class="sr-only">How you hear of each kind of notification</caption>
        <thead {...roleOf('rowgroup')}>
          <tr {...roleOf('row')}>
            <th scope="col" {...roleOf('columnheader')}>
              Kind
            </th>
            <th scope="col" {...roleOf('columnheader')}>
              In the app
            </th>
            <th scope="col" {...roleOf('columnheader')}>
              By mail
            </th>
          </tr>
        </thead>
        <tbody {...roleOf('rowgroup')}>
          {kinds.map((kind) => (
            <KindRow kind={kind} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function KindRow({ kind }: { kind: NoticeKind & { chosen: NoticePreference } }) {
  return (
    <tr id={`kinds.${kind.kind}.mail`} {...roleOf('row')}>
      <th scope="row" {...roleOf('rowheader')} class="min-w-48 font-normal max-sm:block">
        <span class="font-medium">{kind.title}</span> {kind.urgent && <Badge tone="warning">urgent</Badge>}
        <span class="block text-base-content/75 text-xs">{kind.description}</span>
      </th>
      <td {...roleOf('cell')} data-label="In the app">
        <input
          type="checkbox"
          class="checkbox checkbox-sm"
          name={`app:${kind.kind}`}
          value="yes"
          checked={kind.chosen.inApp}
          aria-label={`${kind.title}, in the app`}
        />
      </td>
      <td {...roleOf('cell')} data-label="By mail">
        <fieldset class="flex flex-wrap gap-x-4 gap-y-1">
          <legend class="sr-only">{kind.title}, by mail</legend>
          {MODES.map((mode) => (
            <label class="flex min-h-6 cursor-pointer items-center gap-1.5 text-sm">
              <input
                type="radio"
                class="radio radio-sm"
                name={`mail:${kind.kind}`}
                value={mode.value}
                checked={kind.chosen.mail === mode.value}
              />
              {mode.label}
            </label>
          ))}
        </fieldset>
      </td>
    </tr>
  )
}

function TimesCard({ settings, zones, locale, errors }: NotificationSettingsProps) {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clock(hour * 60) }))
  const halves = Array.from({ length: 48 }, (_, half) => half * 30)
  const times = (current: number) =>
    [...new Set([...halves, current])]
      .sort((a, b) => a - b)
      .map((minute) => ({ value: String(minute), label: clock(minute) }))
  const days = Array.from({ length: 7 }, (_, index) => ({
    value: String(index + 1),
    // 5 January 2026 is a Monday
    label: dateFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + index)),
  }))
  return (
    <Card
      title="When mail may come"
      lead="In quiet hours and above the limit mail waits and then comes together. Urgent kinds do not wait. Nothing is lost: everything is in the app."
    >
      <div class="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Your time zone"
          name="timeZone"
          value={settings.timeZone}
          options={[...new Set([settings.timeZone, ...zones])].map((zone) => ({ value: zone, label: zone }))}
          error={errorOf(errors, 'timeZone')}
        />
        <Field
          label="Mails an hour at most"
          name="mailsPerHour"
          type="number"
          min="1"
          max="60"
          value={String(settings.mailsPerHour)}
          error={errorOf(errors, 'mailsPerHour')}
          required
        />
        <SelectField
          label="Quiet from"
          name="quietFrom"
          value={String(settings.quietFrom)}
          options={times(settings.quietFrom)}
          hint="The same time twice means no quiet hours."
          error={errorOf(errors, 'quietFrom')}
        />
        <SelectField
          label="Quiet until"
          name="quietUntil"
          value={String(settings.quietUntil)}
          options={times(settings.quietUntil)}
          error={errorOf(errors, 'quietUntil')}
        />
        <SelectField
          label="Daily and weekly mail at"
          name="digestHour"
          value={String(settings.digestHour)}
          options={hours}
          error={errorOf(errors, 'digestHour')}
        />
        <SelectField
          label="Weekly mail on"
          name="digestWeekday"
          value={String(settings.digestWeekday)}
          options={days}
          error={errorOf(errors, 'digestWeekday')}
        />
      </div>
    </Card>
  )
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
