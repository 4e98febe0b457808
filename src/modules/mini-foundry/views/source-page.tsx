/** One source: its health, what came, how it is connected, and how to let it go. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { CheckboxField, ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { type SourceItem, SourceState } from './source-list.tsx'

export interface HookItem {
  eventId: string
  type: string
  status: string
  error: string | null
  receivedAt: string
}

export interface SourcePageProps {
  source: SourceItem
  hooks: HookItem[]
  webhookUrl: string | null
  secretsHeld: number
  eventTypes: readonly string[]
  mayManage: boolean
  timeZone: string
  locale: string
  errors?: FieldError[]
}

export function SourcePage(props: SourcePageProps) {
  const { source, mayManage, webhookUrl, timeZone, locale } = props
  const crumbs = [
    { href: '/foundry', label: 'Mini Foundry' },
    { href: '/foundry/sources', label: 'Data sources' },
  ]
  return (
    <>
      <PageHeader title={source.name} crumbs={crumbs} actions={<SourceState status={source.syncStatus} />} />
      <div class="flex flex-col gap-5">
        {source.lastError && (
          <Alert tone="error" title="The last event could not be processed">
            {source.lastError}
          </Alert>
        )}
        <Card>
          <DescriptionList
            items={[
              { label: 'Records', value: source.recordCount.toLocaleString(locale) },
              {
                label: 'Last data',
                value: source.lastSyncAt ? <Time at={source.lastSyncAt} timeZone={timeZone} locale={locale} /> : 'not yet',
              },
              { label: 'Counts as sales', value: source.countsAsSales ? 'yes' : 'no' },
            ]}
          />
        </Card>
        {webhookUrl && <WebhookCard {...props} webhookUrl={webhookUrl} />}
        {source.sourceType === 'stripe' && <Deliveries {...props} />}
        {mayManage && <CountingCard {...props} />}
        {mayManage && <LetGo {...props} />}
      </div>
    </>
  )
}

function WebhookCard({ webhookUrl, secretsHeld, eventTypes, source, errors }: SourcePageProps & { webhookUrl: string }) {
  return (
    <Card title={secretsHeld === 0 ? 'Two steps at Stripe' : 'Webhook'}>
      <ol class="flex list-decimal flex-col gap-4 pl-5 text-sm">
        <li>
          In Stripe, under Developers, Webhooks, add an endpoint with this address and these events.
          <div class="mt-2">
            <CopyField id="webhook-url" label="Endpoint address" value={webhookUrl} />
          </div>
          <details class="mt-2">
            <summary class="cursor-pointer text-base-content/80">The {eventTypes.length} events to choose</summary>
            <ul class="mt-1 grid gap-x-4 font-mono text-xs sm:grid-cols-2">
              {eventTypes.map((type) => (
                <li>{type}</li>
              ))}
            </ul>
          </details>
        </li>
        <li>
          Stripe then shows a signing secret. Paste it here: by it we know that an event is really Stripe's.
          <p class="my-1 text-base-content/75 text-xs">
            {secretsHeld === 0 ? 'None saved yet: events are refused until then.' : `${secretsHeld} saved. After a new one is saved, the one before it holds for another 24 hours.`}
          </p>
          <Form action={`/foundry/sources/${source.id}/secret`} class="flex max-w-xl flex-col gap-2">
            <Field
              label="Signing secret"
              name="signing_secret"
              type="password"
              placeholder="whsec_…"
              autocomplete="off"
              error={errorOf(errors, 'signing_secret')}
              required
            />
            <SubmitButton>Save the secret</SubmitButton>
          </Form>
        </li>
      </ol>
    </Card>
  )
}

const TONES: Record<string, Tone> = { processed: 'success', failed: 'error', ignored: 'neutral', received: 'info' }

function Deliveries({ hooks, source, mayManage, timeZone, locale }: SourcePageProps) {
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries" class="mb-2 font-semibold">
        Latest events
      </h2>
      <DataTable
        caption="Latest events"
        rows={hooks}
        empty={<EmptyState icon="clock" title="No event yet" text="The first one appears here within seconds of happening at Stripe." />}
        columns={[
          { key: 'at', label: 'Received', cell: (hook) => <Time at={hook.receivedAt} timeZone={timeZone} locale={locale} /> },
          { key: 'type', label: 'Event', cell: (hook) => <code class="text-xs">{hook.type}</code> },
          {
            key: 'status',
            label: 'Result',
            cell: (hook) => (
              <>
                <Badge tone={TONES[hook.status]}>{hook.status}</Badge>
                {hook.error && <span class="block text-error text-xs">{hook.error}</span>}
              </>
            ),
          },
          {
            key: 'again',
            label: 'Again',
            cell: (hook) =>
              mayManage && hook.status === 'failed' ? (
                <form action={`/foundry/sources/${source.id}/events/${hook.eventId}/retry`} method="post">
                  <Button small>Process again</Button>
                </form>
              ) : (
                ''
              ),
          },
        ]}
      />
    </section>
  )
}

function CountingCard({ source }: SourcePageProps) {
  return (
    <Card
      title="Counting"
      lead="One sale that two sources see must count once. If your shop's orders come from another source, its payments here are the same money again: leave this off."
    >
      <Form action={`/foundry/sources/${source.id}`}>
        <CheckboxField name="counts_as_sales" label="Count this source's sales in revenue, orders and customers" checked={source.countsAsSales} />
        <SubmitButton tone="plain">Save</SubmitButton>
      </Form>
    </Card>
  )
}

function LetGo({ source }: SourcePageProps) {
  return (
    <Card title="Let go" tone="danger">
      <div class="flex flex-wrap gap-2">
        {source.sourceType === 'stripe' && source.syncStatus !== 'disconnected' && (
          <ConfirmButton
            action={`/foundry/sources/${source.id}/disconnection`}
            label="Disconnect, keep the data"
            title="Disconnect this source?"
            text="No new events are taken. What came stays and keeps counting."
            confirmLabel="Disconnect"
          />
        )}
        <ConfirmButton
          action={`/foundry/sources/${source.id}/deletion`}
          label="Delete with all its data"
          title={`Delete ${source.name} and everything that came from it?`}
          text={`${source.recordCount} records go. This cannot be taken back.`}
          confirmLabel="Delete all of it"
        />
      </div>
    </Card>
  )
}

export function NewStripe({ name, errors }: { name: string; errors?: FieldError[] }) {
  return (
    <div class="mx-auto max-w-xl">
      <PageHeader
        title="Connect Stripe"
        lead="First we make an address for Stripe to send to; the next page shows what to do with it."
        crumbs={[{ href: '/foundry/sources', label: 'Data sources' }]}
      />
      <Card>
        <Form action="/foundry/sources/stripe">
          <ErrorSummary errors={errors} />
          <Field label="Name" name="name" value={name} error={errorOf(errors, 'name')} hint="To tell two accounts apart." required />
          <SubmitButton>Make the address</SubmitButton>
        </Form>
      </Card>
    </div>
  )
}
