/** Development only: the mails that were sent, as a person would read them. */
import { Badge } from './badge.tsx'
import { EmptyState } from './empty-state.tsx'
import { PageHeader } from './page-header.tsx'

export interface OutboxMail {
  id: string
  recipient: string
  subject: string
  text_body: string
  status: string
  created_at: string
}

const LINK = /https?:\/\/\S+/g

export function Outbox({ mails }: { mails: OutboxMail[] }) {
  return (
    <>
      <PageHeader
        title="Outbox"
        lead="Mail sent by this installation, the newest first. It never leaves this machine."
      />
      {mails.length === 0 && (
        <EmptyState
          icon="mail"
          title="No mail yet"
          text="Sign up, invite somebody or reset a password, and it appears here."
        />
      )}
      <ul class="flex flex-col gap-3">
        {mails.map((mail) => (
          <li>
            <details class="rounded-box border border-base-300 p-3" id={mail.id}>
              <summary class="flex cursor-pointer flex-wrap items-center gap-2">
                <strong>{mail.subject}</strong>
                <span class="text-sm">to {mail.recipient}</span>
                <Badge
                  tone={mail.status === 'failed' ? 'error' : mail.status === 'sent' ? 'success' : 'neutral'}
                >
                  {mail.status}
                </Badge>
                <time class="ml-auto text-base-content/75 text-xs">{mail.created_at}</time>
              </summary>
              <p class="mt-3 flex flex-wrap gap-2">
                {(mail.text_body.match(LINK) ?? []).map((href) => (
                  <a href={href} class="btn btn-primary btn-sm">
                    Follow the link
                  </a>
                ))}
                <a href={`/preview/mail/${mail.id}`} class="btn btn-sm">
                  As HTML
                </a>
              </p>
              <div class="mt-3 grid gap-3 lg:grid-cols-2">
                <pre class="whitespace-pre-wrap break-words text-sm">{mail.text_body}</pre>
                <iframe
                  src={`/preview/mail/${mail.id}`}
                  title={`${mail.subject}, as HTML`}
                  loading="lazy"
                  sandbox=""
                  class="h-96 w-full rounded-box border border-base-300"
                />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}
