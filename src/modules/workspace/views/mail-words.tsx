/** How the states of mails are told. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Tabs } from '../../../views/tabs.tsx'

const TONES: Record<string, Tone> = {
  queued: 'info',
  attempted: 'neutral',
  sent: 'success',
  delivered: 'success',
  deferred: 'warning',
  bounced: 'error',
  complained: 'error',
  suppressed: 'warning',
  failed: 'error',
  human: 'success',
  automatic: 'neutral',
  bounce: 'warning',
  complaint: 'error',
}

const WORDS: Record<string, string> = {
  complained: 'called unwanted',
  suppressed: 'not written to',
  deferred: 'put off',
  human: 'by a person',
}

export const MAIL_STATUSES = ['queued', 'sent', 'delivered', 'bounced', 'complained', 'suppressed', 'failed']

export const wordOf = (status: string): string => WORDS[status] ?? status

export const MailBadge = ({ status }: { status: string }) => (
  <Badge tone={TONES[status] ?? 'neutral'}>{wordOf(status)}</Badge>
)

const PLACES = [
  { href: '/settings/mail', label: 'Sent' },
  { href: '/settings/mail/received', label: 'Received' },
  { href: '/settings/mail/suppressions', label: 'Not written to' },
]

export const MailTabs = ({ at }: { at: string }) => (
  <Tabs label="Mail" tabs={PLACES.map((place) => ({ ...place, current: place.href === at }))} />
)
