/** One mail: its history, and itself in a sandbox; and the form to write one. */
import type { FieldError } from '../../../platform/result.ts'
import { Card } from '../../../views/card.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton, TextareaField } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { MailBadge } from './mail-words.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface MailPageProps {
  mail: {
    id: string
    subject: string
    recipient: string
    status: string
    provider: string
    replyTo: string
    error: string | null
  }
  events: { id: string; type: string; at: string; detail: string }[]
  timeZone: string
  locale: string
}

export function MailPage({ mail, events, timeZone, locale }: MailPageProps) {
  return (
    <SettingsFrame at="/settings/mail" title={mail.subject || 'Mail without a subject'}>
      <div class="flex flex-col gap-5">
        <Card title="What became of it">
          <ol class="flex flex-col gap-2 text-sm">
            {events.map((event) => (
              <li class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <MailBadge status={event.type} />
                <Time at={event.at} timeZone={timeZone} locale={locale} />
                {event.detail && <span class="text-base-content/80">{event.detail}</span>}
              </li>
            ))}
          </ol>
        </Card>
        <Card title="The mail">
          <DescriptionList
            items={[
              { label: 'To', value: mail.recipient },
              { label: 'State', value: <MailBadge status={mail.status} /> },
              ...(mail.error ? [{ label: 'Why', value: mail.error }] : []),
              ...(mail.replyTo ? [{ label: 'Answers go to', value: mail.replyTo }] : []),
              ...(mail.provider ? [{ label: 'Handed to', value: mail.provider }] : []),
            ]}
          />
          <iframe
            class="mt-4 h-96 w-full rounded-box border border-base-300 bg-white"
            title="The mail as it was sent"
            sandbox=""
            src={`/preview/mail/outgoing/${mail.id}`}
          />
        </Card>
      </div>
    </SettingsFrame>
  )
}

export function NewMailPage({ values, errors }: { values: Record<string, string>; errors?: FieldError[] }) {
  return (
    <SettingsFrame at="/settings/mail" title="Write a mail" lead="To one person, in plain words.">
      <Card>
        <Form action="/settings/mail">
          <ErrorSummary errors={errors} />
          <Field label="To" name="to" type="email" value={values.to} error={errorOf(errors, 'to')} required />
          <Field
            label="Subject"
            name="subject"
            value={values.subject}
            error={errorOf(errors, 'subject')}
            maxlength={300}
            required
          />
          <TextareaField
            label="Text"
            name="text"
            value={values.text}
            error={errorOf(errors, 'text')}
            rows={10}
          />
          <div>
            <SubmitButton>Send it</SubmitButton>
          </div>
        </Form>
      </Card>
    </SettingsFrame>
  )
}
