/** Connecting Stripe: a name, then the steps at Stripe, then the secret that proves its events. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { CheckboxField, ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { type Step, Steps } from '../../../views/steps.tsx'
import { Time } from '../../../views/time.tsx'
import type { SourceItem } from './source-list.tsx'

export interface SecretItem {
  /** ISO instant at which it stops holding; null is until it is replaced. */
  until: string | null
}

export interface WebhookProps {
  source: SourceItem
  webhookUrl: string
  secrets: SecretItem[]
  eventTypes: readonly string[]
  timeZone: string
  locale: string
  errors?: FieldError[]
}

/** Until the first secret is saved the steps are the page; afterwards they are behind a summary. */
export function Webhook(props: WebhookProps) {
  const { source, secrets } = props
  const isSet = secrets.length > 0
  const hasEvents = source.lastSyncAt !== null
  const steps: Step[] = [
    { title: 'Make an address for Stripe', text: 'Done: it is below.', state: 'done' },
    {
      title: 'Add it at Stripe',
      text: <AtStripe {...props} />,
      state: isSet ? 'done' : 'now',
    },
    {
      title: 'Save the signing secret',
      text: <Secrets {...props} />,
      state: isSet ? 'done' : 'now',
    },
    {
      title: 'Watch the first event arrive',
      text: 'Stripe sends events from now on; it does not send the past again. Bring older orders in by a CSV export of Stripe.',
      state: hasEvents ? 'done' : isSet ? 'now' : 'next',
    },
  ]
  if (!hasEvents || props.errors?.length) {
    return (
      <Card title="Connect it at Stripe">
        <Steps steps={steps} />
      </Card>
    )
  }
  return (
    <Card>
      <details>
        <summary class="cursor-pointer font-semibold">Webhook address, events and signing secret</summary>
        <div class="mt-4">
          <Steps steps={steps} />
        </div>
      </details>
    </Card>
  )
}

function AtStripe({ webhookUrl, eventTypes }: WebhookProps) {
  return (
    <div class="flex max-w-2xl flex-col gap-3">
      <p>
        In the Stripe dashboard open Developers, Webhooks, Add destination (older accounts: Add endpoint).
        Choose events on your account, pick the events below, and give this address:
      </p>
      <CopyField id="webhook-url" label="Endpoint URL" value={webhookUrl} />
      <details>
        <summary class="cursor-pointer">The {eventTypes.length} events to choose</summary>
        <ul class="mt-1 grid gap-x-4 font-mono text-xs sm:grid-cols-2">
          {eventTypes.map((type) => (
            <li>{type}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function Secrets(props: WebhookProps) {
  const { source, secrets, errors } = props
  return (
    <div class="flex max-w-xl flex-col gap-2">
      <p>
        Stripe then shows a signing secret that begins with <code>whsec_</code>. By it we know that an event
        is really Stripe's. It is kept encrypted and never shown again.
      </p>
      <SecretsHeld {...props} />
      <Form action={`/foundry/sources/${source.id}/secret`} class="flex flex-col gap-2">
        <Field
          label={secrets.length === 0 ? 'Signing secret' : 'New signing secret'}
          name="signing_secret"
          type="password"
          placeholder="whsec_…"
          autocomplete="off"
          error={errorOf(errors, 'signing_secret')}
          required
        />
        <SubmitButton tone={secrets.length === 0 ? 'primary' : 'plain'}>Save the secret</SubmitButton>
      </Form>
    </div>
  )
}

function SecretsHeld({ secrets, source, timeZone, locale }: WebhookProps) {
  const older = secrets[1]?.until
  if (secrets.length === 0)
    return <p class="font-medium">None is saved yet: events are refused until then.</p>
  if (!older)
    return (
      <p>One is saved. When you save another, this one holds for 24 hours more, so that nothing is lost.</p>
    )
  return (
    <div class="flex flex-wrap items-center gap-2">
      <p>
        Two are saved. The older one holds until <Time at={older} timeZone={timeZone} locale={locale} />.
      </p>
      <form action={`/foundry/sources/${source.id}/secret/older-removal`} method="post">
        <Button small>End the older one now</Button>
      </form>
    </div>
  )
}

export function Reconnect({ source }: { source: SourceItem }) {
  return (
    <Alert
      title="This source is disconnected"
      actions={
        <form action={`/foundry/sources/${source.id}/reconnection`} method="post">
          <Button small tone="primary" icon="plug">
            Connect again
          </Button>
        </form>
      }
    >
      Its data is still here and counts as before. Connecting again makes a new address for Stripe.
    </Alert>
  )
}

export interface NewStripeProps {
  values: { name: string; countsAsSales: boolean }
  /** Another source's sales count already. */
  othersCount: boolean
  errors?: FieldError[]
}

export function NewStripe({ values, othersCount, errors }: NewStripeProps) {
  return (
    <div class="mx-auto max-w-xl">
      <PageHeader
        title="Connect Stripe"
        lead="First we make an address for Stripe to send to. The next page shows, step by step, what to do with it."
        crumbs={[{ href: '/foundry/sources', label: 'Data sources' }]}
      />
      <Card>
        <Form action="/foundry/sources/stripe">
          <ErrorSummary errors={errors} />
          <Field
            label="Name"
            name="name"
            value={values.name}
            error={errorOf(errors, 'name')}
            hint="To tell two accounts apart."
            required
            maxlength={80}
          />
          <CheckboxField
            name="counts_as_sales"
            label="Count its charges as sales"
            checked={values.countsAsSales}
            hint={
              othersCount
                ? 'Another source counts as sales already. If its orders are paid through this Stripe account, counting both would double your revenue: leave this off.'
                : 'Right when this is where your sales are seen. If your shop’s orders come in by another way later, switch it off.'
            }
          />
          <SubmitButton>Make the address</SubmitButton>
        </Form>
      </Card>
    </div>
  )
}
