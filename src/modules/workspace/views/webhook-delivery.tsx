/** One delivery: what was sent, how often, and what was answered. */
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'
import { type DeliveryItem, DeliveryState } from './webhook-page.tsx'

export interface DeliveryPageProps {
  webhook: { id: string; url: string; description: string }
  delivery: DeliveryItem
  /** The same event to the same endpoint at other times. */
  others: DeliveryItem[]
  nextAttemptAt: string | null
  timeZone: string
  locale: string
}

export function DeliveryPage({
  webhook,
  delivery,
  others,
  nextAttemptAt,
  timeZone,
  locale,
}: DeliveryPageProps) {
  const at = `/settings/webhooks/${webhook.id}`
  const when = (instant: string) => <Time at={instant} timeZone={timeZone} locale={locale} />
  return (
    <SettingsFrame
      at="/settings/webhooks"
      title={delivery.eventType}
      lead={`Posted to ${webhook.url}`}
      actions={
        <LinkButton href={at} small>
          {webhook.description || 'The webhook'}
        </LinkButton>
      }
    >
      <div class="flex flex-col gap-5">
        <Card title="Delivery">
          <DescriptionList
            items={[
              { label: 'State', value: <DeliveryState status={delivery.status} /> },
              { label: 'webhook-id', value: <code>{delivery.eventId}</code> },
              { label: 'Made', value: when(delivery.createdAt) },
              ...(delivery.settledAt ? [{ label: 'Settled', value: when(delivery.settledAt) }] : []),
              ...(nextAttemptAt ? [{ label: 'Next attempt', value: when(nextAttemptAt) }] : []),
            ]}
          />
          <form action={`${at}/deliveries/${delivery.id}/replay`} method="post" class="mt-4">
            <SubmitButton tone="plain">Send it once more</SubmitButton>
          </form>
        </Card>
        <Card title="Message" lead="The body as it is signed and sent; the same on every attempt.">
          <pre tabindex={0} class="overflow-x-auto rounded-box bg-base-200 p-3 text-xs">
            <code>{JSON.stringify(JSON.parse(delivery.body), null, 2)}</code>
          </pre>
        </Card>
        <DataTable
          caption="Attempts"
          rows={delivery.log}
          empty={<p class="text-sm">Not tried yet.</p>}
          columns={[
            { key: 'at', label: 'When', cell: (attempt) => when(attempt.at) },
            {
              key: 'status',
              label: 'Answer',
              cell: (attempt) => (attempt.status === null ? 'no answer' : String(attempt.status)),
            },
            { key: 'ms', label: 'Took', numeric: true, cell: (attempt) => `${attempt.ms} ms` },
            {
              key: 'answer',
              label: 'It said',
              cell: (attempt) => (
                <span class="break-all font-mono text-xs">{attempt.answer || 'nothing'}</span>
              ),
            },
          ]}
        />
        {others.length > 0 && (
          <Card title="The same event at other times">
            <ul class="flex flex-col gap-1 text-sm">
              {others.map((other) => (
                <li>
                  <a href={`${at}/deliveries/${other.id}`} class="link">
                    {when(other.createdAt)}
                  </a>{' '}
                  <DeliveryState status={other.status} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </SettingsFrame>
  )
}
