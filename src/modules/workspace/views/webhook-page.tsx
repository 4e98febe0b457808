/** One webhook: its state, its log of deliveries, and what can be done with it. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect } from '../../../views/filter-bar.tsx'
import { errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'
import { Health, SecretAlert, type WebhookItem, WebhookState } from './settings-webhooks.tsx'
import { CodeSamples } from './webhook-code.tsx'
import { type EventChoice, WebhookForm, type WebhookValues } from './webhook-form.tsx'

export interface DeliveryItem {
  id: string
  eventId: string
  eventType: string
  status: 'pending' | 'delivered' | 'failed'
  attempts: number
  log: { at: string; status: number | null; ms: number; answer: string }[]
  nextAttemptAt: number | null
  replayOf: string
  body: string
  createdAt: string
  settledAt: string | null
}

export interface WebhookPageProps {
  webhook: WebhookItem
  choices: EventChoice[]
  deliveries: DeliveryItem[]
  filter: { status?: string; type?: string }
  next: string | null
  first: string | null
  timeZone: string
  locale: string
  made?: { secret: string; oldUntil?: string }
  values?: WebhookValues
  errors?: FieldError[]
  detail?: string
}

const STATUSES = [
  { value: 'delivered', label: 'Taken' },
  { value: 'pending', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
]

export function WebhookPage(props: WebhookPageProps) {
  const { webhook } = props
  const at = `/settings/webhooks/${webhook.id}`
  return (
    <SettingsFrame
      at="/settings/webhooks"
      title={webhook.description || 'Webhook'}
      lead={webhook.url}
      actions={
        <LinkButton href="/settings/webhooks" small>
          All webhooks
        </LinkButton>
      }
    >
      <div class="flex flex-col gap-5">
        {props.made && <SecretAlert {...props.made} />}
        {webhook.status === 'failing' && (
          <Alert tone="error" title="Stopped after five days of failures">
            Nothing is posted now. Events are kept for 30 days: mend the endpoint, test it, then resume.
          </Alert>
        )}
        <StateCard {...props} at={at} />
        <Deliveries {...props} at={at} />
        <ReplayCard {...props} at={at} />
        <Card title="Check that a message is from us">
          <CodeSamples />
        </Card>
        <Card title="Change">
          <WebhookForm
            action={at}
            choices={props.choices}
            values={props.values ?? webhook}
            errors={props.errors}
            detail={props.detail}
            submit="Save"
          />
        </Card>
      </div>
    </SettingsFrame>
  )
}

function StateCard({ webhook, choices, timeZone, locale, at }: WebhookPageProps & { at: string }) {
  const heard = webhook.events.includes('*') ? choices.map(({ type }) => type) : webhook.events
  return (
    <Card title="State">
      <DescriptionList
        items={[
          { label: 'State', value: <WebhookState webhook={webhook} /> },
          { label: 'Last 7 days', value: <Health {...webhook.health} /> },
          { label: 'Added', value: <Time at={webhook.createdAt} timeZone={timeZone} locale={locale} /> },
        ]}
      />
      <div class="mt-4 flex flex-wrap items-end gap-2">
        <form action={`${at}/test`} method="post" class="flex items-end gap-2">
          <SelectField
            label="Test with"
            name="type"
            options={heard.map((type) => ({ value: type, label: type }))}
          />
          <SubmitButton tone="plain">Send a test</SubmitButton>
        </form>
        <form action={`${at}/${webhook.status === 'active' ? 'pause' : 'resume'}`} method="post">
          <SubmitButton tone="plain">{webhook.status === 'active' ? 'Pause' : 'Resume'}</SubmitButton>
        </form>
        <ConfirmButton
          action={`${at}/rotation`}
          label="Rotate the secret"
          title="Rotate the signing secret?"
          text="You are shown a new one, once. Both sign for 24 hours, then only the new one."
          confirmLabel="Rotate"
          tone="primary"
          small={false}
        />
        <ConfirmButton
          action={`${at}/removal`}
          label="Delete"
          title="Delete this webhook?"
          text="Nothing more is posted, and its log goes with it. This cannot be taken back."
          confirmLabel="Delete the webhook"
          small={false}
        />
      </div>
    </Card>
  )
}

function Deliveries(props: WebhookPageProps & { at: string }) {
  const { deliveries, filter, timeZone, locale, at } = props
  const types = [...new Set(deliveries.map((one) => one.eventType).concat(filter.type || []))]
  return (
    <section aria-label="Deliveries">
      <h2 class="mb-3 font-semibold text-lg">Deliveries</h2>
      <FilterBar action={at} active={chips(at, filter)}>
        <FilterSelect label="State" name="status" value={filter.status} options={STATUSES} />
        <FilterSelect
          label="Event"
          name="type"
          value={filter.type}
          options={types.map((type) => ({ value: type, label: type }))}
        />
      </FilterBar>
      <DataTable
        caption="Deliveries"
        rows={deliveries}
        empty={
          <EmptyState
            icon="list"
            title="Nothing was posted"
            text="What is posted stands here for 30 days. Send a test to see how it looks."
          />
        }
        columns={[
          {
            key: 'event',
            label: 'Event',
            cell: (one) => (
              <a href={`${at}/deliveries/${one.id}`} class="link">
                <code>{one.eventType}</code>
                {one.replayOf && <span class="ml-2 text-base-content/75 text-xs">replay</span>}
                {one.eventId.startsWith('test_') && (
                  <span class="ml-2 text-base-content/75 text-xs">test</span>
                )}
              </a>
            ),
          },
          {
            key: 'at',
            label: 'When',
            cell: (one) => <Time at={one.createdAt} timeZone={timeZone} locale={locale} />,
          },
          { key: 'attempts', label: 'Attempts', numeric: true, cell: (one) => String(one.attempts) },
          { key: 'answer', label: 'Answer', cell: (one) => answerOf(one) },
          { key: 'status', label: 'State', cell: (one) => <DeliveryState status={one.status} /> },
        ]}
      />
      <Pagination next={props.next} first={props.first} />
    </section>
  )
}

function chips(at: string, filter: WebhookPageProps['filter']) {
  const status = STATUSES.find((one) => one.value === filter.status)?.label
  const href = (rest: Record<string, string | undefined>) =>
    `${at}?${new URLSearchParams(Object.entries(rest).flatMap(([key, value]) => (value ? [[key, value]] : [])))}`
  return [
    ...(status ? [{ label: status, href: href({ type: filter.type }) }] : []),
    ...(filter.type ? [{ label: filter.type, href: href({ status: filter.status }) }] : []),
  ]
}

const answerOf = ({ log }: DeliveryItem): string => {
  const last = log.at(-1)
  if (!last) return 'not sent yet'
  return last.status === null ? 'no answer' : `${last.status} in ${last.ms} ms`
}

export function DeliveryState({ status }: { status: DeliveryItem['status'] }) {
  if (status === 'delivered') return <Badge tone="success">taken</Badge>
  return status === 'failed' ? <Badge tone="error">failed</Badge> : <Badge tone="warning">waiting</Badge>
}

function ReplayCard({ errors, at, timeZone }: WebhookPageProps & { at: string }) {
  return (
    <Card
      title="Send a time once more"
      lead={`Every event of these days that this webhook asks for, in the time zone ${timeZone}. Events are kept for 90 days.`}
    >
      <Form action={`${at}/replay`} class="flex flex-wrap items-end gap-3">
        <Field label="From" name="since" type="date" error={errorOf(errors, 'since')} required />
        <Field label="To, this day too" name="until" type="date" error={errorOf(errors, 'until')} required />
        <SubmitButton tone="plain">Send them again</SubmitButton>
      </Form>
    </Card>
  )
}
