/** Webhooks: where events are posted to, with their health, and the form for one more. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'
import { type EventChoice, WebhookForm, type WebhookValues } from './webhook-form.tsx'

export interface WebhookItem {
  id: string
  url: string
  description: string
  events: string[]
  status: 'active' | 'paused' | 'failing'
  failingSince: string | null
  createdAt: string
  health: { delivered: number; failed: number; pending: number; lastDeliveredAt: string | null }
}

export interface WebhooksPageProps {
  webhooks: WebhookItem[]
  choices: EventChoice[]
  timeZone: string
  locale: string
  values?: WebhookValues
  errors?: FieldError[]
  detail?: string
}

export function WebhooksPage(props: WebhooksPageProps) {
  const docs = (
    <LinkButton href="/docs/events" small icon="book">
      All events
    </LinkButton>
  )
  return (
    <SettingsFrame
      at="/settings/webhooks"
      lead="Your own programs hear what happens here: we post each event to an address you give, signed."
      actions={docs}
    >
      <div class="flex flex-col gap-5">
        <WebhookTable {...props} />
        <Card title="Add a webhook">
          <WebhookForm
            action="/settings/webhooks"
            choices={props.choices}
            values={props.values}
            errors={props.errors}
            detail={props.detail}
            submit="Add the webhook"
          />
        </Card>
      </div>
    </SettingsFrame>
  )
}

function WebhookTable({ webhooks, timeZone, locale }: WebhooksPageProps) {
  return (
    <DataTable
      caption="Webhooks"
      rows={webhooks}
      empty={
        <EmptyState
          icon="plug"
          title="No webhooks yet"
          text="Add an address below and choose the events that are to be posted to it."
        />
      }
      columns={[
        {
          key: 'url',
          label: 'Address',
          cell: (hook) => (
            <a href={`/settings/webhooks/${hook.id}`} class="link block min-w-0">
              <span class="font-medium">{hook.description || hostOf(hook.url)}</span>
              <span class="block break-all text-base-content/75 text-xs">{hook.url}</span>
            </a>
          ),
        },
        {
          key: 'events',
          label: 'Events',
          cell: (hook) => (hook.events.includes('*') ? 'All' : String(hook.events.length)),
        },
        { key: 'health', label: 'Last 7 days', cell: (hook) => <Health {...hook.health} /> },
        {
          key: 'last',
          label: 'Last taken',
          cell: ({ health }) =>
            health.lastDeliveredAt ? (
              <Time at={health.lastDeliveredAt} timeZone={timeZone} locale={locale} />
            ) : (
              'never'
            ),
        },
        { key: 'state', label: 'State', cell: (hook) => <WebhookState webhook={hook} /> },
      ]}
    />
  )
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

export function Health({ delivered, failed, pending }: WebhookItem['health']) {
  const parts = [
    `${delivered} taken`,
    ...(failed ? [`${failed} failed`] : []),
    ...(pending ? [`${pending} waiting`] : []),
  ]
  return <span class="text-sm">{parts.join(', ')}</span>
}

export function WebhookState({ webhook }: { webhook: Pick<WebhookItem, 'status' | 'failingSince'> }) {
  if (webhook.status === 'paused') return <Badge>paused</Badge>
  if (webhook.status === 'failing') return <Badge tone="error">stopped: failing</Badge>
  return webhook.failingSince ? (
    <Badge tone="warning">active, failing</Badge>
  ) : (
    <Badge tone="success">active</Badge>
  )
}

/** The secret of a new webhook, or the one it was rotated to: this once. */
export function SecretAlert({ secret, oldUntil }: { secret: string; oldUntil?: string }) {
  return (
    <Alert tone="success" title="The signing secret, shown this once">
      <p class="mb-2">
        Your program checks with it that a message is from us. Put it where secrets live.
        {oldUntil && ' The old secret signs beside it for 24 hours: change yours until then.'}
      </p>
      <CopyField id="signing-secret" label="Signing secret" value={secret} />
    </Alert>
  )
}
