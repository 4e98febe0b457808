/** Mail that came in, and where it comes in. */
import type { FieldError } from '../../../platform/result.ts'
import { Card } from '../../../views/card.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { MailBadge, MailTabs } from './mail-words.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

const AT = '/settings/mail/received'

export interface ReceivedListProps {
  mails: {
    id: string
    fromAddress: string
    fromName: string
    subject: string
    verdict: string
    receivedAt: string
    readAt: string | null
  }[]
  inboxes: { id: string; name: string; address: string }[]
  takesMail: boolean
  mayManage: boolean
  next: string | null
  first: string | null
  errors?: FieldError[]
  timeZone: string
  locale: string
}

export function ReceivedList(props: ReceivedListProps) {
  const { mails, next, first, timeZone, locale } = props
  return (
    <SettingsFrame at="/settings/mail" title="Mail" lead="What people write to you, beside who they are.">
      <MailTabs at={AT} />
      <div class="flex flex-col gap-5">
        <Inboxes {...props} />
        <div>
          <DataTable
            caption="Mails that came in"
            rows={mails}
            empty={
              <EmptyState
                icon="mail"
                title="Nothing has come in yet"
                text="Answers to your mails, and mails to your inboxes, appear here and on the page of whoever wrote them."
              />
            }
            columns={[
              {
                key: 'subject',
                label: 'Mail',
                cell: (mail) => (
                  <a class={mail.readAt ? 'link' : 'link font-semibold'} href={`${AT}/${mail.id}`}>
                    {mail.subject || 'Without a subject'}
                  </a>
                ),
              },
              { key: 'from', label: 'From', cell: (mail) => mail.fromName || mail.fromAddress },
              { key: 'verdict', label: 'Kind', cell: (mail) => <MailBadge status={mail.verdict} /> },
              {
                key: 'at',
                label: 'When',
                cell: (mail) => <Time at={mail.receivedAt} timeZone={timeZone} locale={locale} />,
              },
            ]}
          />
          <Pagination next={next} first={first} />
        </div>
      </div>
    </SettingsFrame>
  )
}

function Inboxes({ inboxes, takesMail, mayManage, errors }: ReceivedListProps) {
  if (!takesMail)
    return (
      <Card title="Inboxes">
        <p class="text-sm">
          This installation takes no mail in yet: whoever runs it sets INBOUND_DOMAIN and routes that domain's
          mail here.
        </p>
      </Card>
    )
  return (
    <Card title="Inboxes" lead="Forward or publish these addresses: whatever is sent there lands below.">
      <div class="flex flex-col gap-3">
        {inboxes.map((inbox) => (
          <CopyField id={`inbox-${inbox.id}`} label={inbox.name} value={inbox.address} />
        ))}
        {mayManage && (
          <Form action={`${AT}/inboxes`} class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
            <Field
              label="A new inbox"
              name="name"
              placeholder="e.g. Support"
              error={errorOf(errors, 'name')}
              maxlength={80}
              required
            />
            <SubmitButton>Make it</SubmitButton>
          </Form>
        )}
      </div>
    </Card>
  )
}

export interface ReceivedPageProps {
  mail: {
    id: string
    fromAddress: string
    fromName: string
    subject: string
    verdict: string
    receivedAt: string
    inReplyTo: string | null
    attachments: { name: string; type: string; bytes: number }[]
  }
  timeZone: string
  locale: string
}

export function ReceivedPage({ mail, timeZone, locale }: ReceivedPageProps) {
  return (
    <SettingsFrame at="/settings/mail" title={mail.subject || 'Mail without a subject'}>
      <Card>
        <DescriptionList
          items={[
            {
              label: 'From',
              value: mail.fromName ? `${mail.fromName}, ${mail.fromAddress}` : mail.fromAddress,
            },
            { label: 'Came in', value: <Time at={mail.receivedAt} timeZone={timeZone} locale={locale} /> },
            { label: 'Kind', value: <MailBadge status={mail.verdict} /> },
            ...(mail.inReplyTo
              ? [
                  {
                    label: 'Answers',
                    value: (
                      <a class="link" href={`/settings/mail/${mail.inReplyTo}`}>
                        a mail of yours
                      </a>
                    ),
                  },
                ]
              : []),
            ...(mail.attachments.length > 0
              ? [{ label: 'With it', value: mail.attachments.map((file) => file.name).join(', ') }]
              : []),
          ]}
        />
        <iframe
          class="mt-4 h-96 w-full rounded-box border border-base-300 bg-white"
          title="The words of the mail"
          sandbox=""
          src={`/preview/mail/inbound/${mail.id}`}
        />
      </Card>
    </SettingsFrame>
  )
}
