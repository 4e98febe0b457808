/** Where data comes from: each source with its health, and what can be connected. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'

export interface SourceItem {
  id: string
  name: string
  sourceType: string
  syncStatus: string
  lastSyncAt: string | null
  recordCount: number
  countsAsSales: boolean
  lastError: string | null
}

export interface SourceListProps {
  sources: SourceItem[]
  mayManage: boolean
  timeZone: string
  locale: string
}

const STATES: Record<string, { tone: Tone; words: string }> = {
  idle: { tone: 'neutral', words: 'waiting for the first event' },
  backfilling: { tone: 'info', words: 'loading history' },
  syncing: { tone: 'info', words: 'syncing' },
  ok: { tone: 'success', words: 'in order' },
  delayed: { tone: 'warning', words: 'delayed' },
  failed: { tone: 'error', words: 'needs you' },
  disconnected: { tone: 'neutral', words: 'disconnected' },
}

export function SourceState({ status }: { status: string }) {
  const state = STATES[status]
  return <Badge tone={state?.tone}>{state?.words ?? status}</Badge>
}

export function SourceList({ sources, mayManage, timeZone, locale }: SourceListProps) {
  const importLink = (
    <LinkButton href="/foundry/imports/new" icon="upload" small>
      Import a file
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Data sources"
        lead="Everything the numbers are made of."
        crumbs={[{ href: '/foundry', label: 'Mini Foundry' }]}
        actions={importLink}
      />
      <div class="flex flex-col gap-6">
        <DataTable
          caption="Data sources"
          rows={sources}
          empty={
            <EmptyState
              icon="plug"
              title="No source yet"
              text="Connect Stripe below, or import a CSV file of your shop: the first number is minutes away."
              actions={importLink}
            />
          }
          columns={[
            {
              key: 'name',
              label: 'Source',
              cell: (source) => (
                <>
                  <a href={`/foundry/sources/${source.id}`} class="link font-medium">
                    {source.name}
                  </a>
                  {source.lastError && <span class="block text-error text-xs">{source.lastError}</span>}
                </>
              ),
            },
            { key: 'state', label: 'State', cell: (source) => <SourceState status={source.syncStatus} /> },
            { key: 'records', label: 'Records', numeric: true, cell: (source) => source.recordCount.toLocaleString(locale) },
            { key: 'sales', label: 'Counts as sales', cell: (source) => (source.countsAsSales ? 'yes' : 'no') },
            {
              key: 'last',
              label: 'Last data',
              cell: (source) => (source.lastSyncAt ? <Time at={source.lastSyncAt} timeZone={timeZone} locale={locale} /> : 'not yet'),
            },
          ]}
        />
        {mayManage && <Available />}
      </div>
    </>
  )
}

function Available() {
  return (
    <section aria-labelledby="available">
      <h2 id="available" class="mb-3 font-semibold">
        Connect
      </h2>
      <div class="grid gap-3 sm:grid-cols-2">
        <Card title="Stripe" lead="Charges, refunds, invoices, subscriptions and payouts, seconds after they happen.">
          <LinkButton href="/foundry/sources/stripe/new" tone="primary" small icon="plug">
            Connect Stripe
          </LinkButton>
        </Card>
        <Card title="CSV file" lead="Orders, customers, products, invoices, contacts or spend, from any shop or spreadsheet.">
          <LinkButton href="/foundry/imports/new" small icon="upload">
            Import a file
          </LinkButton>
        </Card>
      </div>
    </section>
  )
}
