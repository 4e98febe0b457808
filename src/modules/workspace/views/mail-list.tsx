/** Mails that went out, and what sends them. */
import { LinkButton } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../../views/filter-bar.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Stat } from '../../../views/stat.tsx'
import { Time } from '../../../views/time.tsx'
import { MAIL_STATUSES, MailBadge, MailTabs, wordOf } from './mail-words.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface MailListProps {
  mails: { id: string; recipient: string; subject: string; status: string; created_at: string }[]
  counts: Record<string, number>
  from: string
  text: string
  status: string
  next: string | null
  first: string | null
  maySend: boolean
  timeZone: string
  locale: string
}

export function MailList(props: MailListProps) {
  const { mails, counts, from, text, status, next, first, maySend, timeZone, locale } = props
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const trouble = (counts.bounced ?? 0) + (counts.complained ?? 0) + (counts.failed ?? 0)
  const send = maySend && (
    <LinkButton href="/settings/mail/new" icon="mail" small>
      Write a mail
    </LinkButton>
  )
  return (
    <SettingsFrame
      at="/settings/mail"
      lead={from ? `Sent as ${from}. Every mail keeps its own history.` : 'Every mail keeps its own history.'}
      actions={send}
    >
      <MailTabs at="/settings/mail" />
      <div class="mb-5 grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Stat label="Mails in 24 hours" value={String(all)} />
        <Stat label="Waiting" value={String(counts.queued ?? 0)} />
        <Stat label="Bounced or failed" value={String(trouble)} />
        <Stat label="Not written to" value={String(counts.suppressed ?? 0)} />
      </div>
      <FilterBar action="/settings/mail">
        <FilterText label="Recipient or subject" name="q" value={text} />
        <FilterSelect
          label="State"
          name="status"
          value={status}
          options={[
            { value: '', label: 'Any' },
            ...MAIL_STATUSES.map((value) => ({ value, label: wordOf(value) })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption="Mails that went out"
        rows={mails}
        empty={
          <EmptyState
            icon="mail"
            title={text || status ? 'No mail like this' : 'No mails yet'}
            text={
              text || status
                ? 'Take a filter away to see more.'
                : 'Invitations, notifications and what automations send appear here, each with what became of it.'
            }
          />
        }
        columns={[
          {
            key: 'subject',
            label: 'Mail',
            cell: (mail) => (
              <a class="link" href={`/settings/mail/${mail.id}`}>
                {mail.subject || 'Without a subject'}
              </a>
            ),
          },
          { key: 'to', label: 'To', cell: (mail) => mail.recipient },
          { key: 'status', label: 'State', cell: (mail) => <MailBadge status={mail.status} /> },
          {
            key: 'at',
            label: 'When',
            cell: (mail) => <Time at={mail.created_at} timeZone={timeZone} locale={locale} />,
          },
        ]}
      />
      <Pagination next={next} first={first} />
    </SettingsFrame>
  )
}
