/** Where data comes from: each source with its health, and what can be connected. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import type { Badge as Match } from '../domain/source-check.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { MatchBadge } from './source-checks.tsx'

export interface SourceItem {
  id: string
  name: string
  sourceType: string
  syncStatus: string
  lastSyncAt: string | null
  recordCount: number
  countsAsSales: boolean
  isDemo: boolean
  lastError: string | null
}

export interface SourceListProps {
  sources: SourceItem[]
  /** What the nightly checks found, by source. */
  badges: ReadonlyMap<string, Match>
  demoChoices: { id: string; label: string }[]
  mayManage: boolean
  mayWrite: boolean
  /** May have all facts as a file. */
  mayTakeAway: boolean
  /** Development only: kinds and names of made-up vendors that can be connected. */
  standIns: readonly { kind: string; name: string }[]
  timeZone: string
  locale: string
}

const STATES: Record<string, { tone: Tone; words: string }> = {
  idle: { tone: 'neutral', words: 'waiting' },
  backfilling: { tone: 'info', words: 'loading history' },
  syncing: { tone: 'info', words: 'syncing' },
  ok: { tone: 'success', words: 'in order' },
  delayed: { tone: 'warning', words: 'delayed' },
  failed: { tone: 'error', words: 'needs you' },
  disconnected: { tone: 'neutral', words: 'disconnected' },
}

export function SourceState({ status }: { status: string }) {
  const state = STATES[status]
  return (
    <span class="whitespace-nowrap">
      <Badge tone={state?.tone}>{state?.words ?? status}</Badge>
    </span>
  )
}

/** What a kind of source gives, in words. */
export const GIVES: Record<string, string> = {
  shopify: 'Orders, refunds, customers, products, stock',
  quickbooks: 'Invoices, bills, expenses, accounts',
  woocommerce: 'Orders, refunds, customers, products',
  hubspot: 'Contacts and deals',
  google_sheets: 'The rows of a sheet',
  csv_url: 'The rows of a file at an address',
  meta_ads: 'Ad spend by day and campaign',
  google_ads: 'Ad spend by day and campaign',
  http: 'The rows that another system answers',
  stripe: 'Payments, refunds, invoices, subscriptions, payouts',
  csv: 'What its files hold',
  demo: 'A made-up shop, two years of it',
}

export function SourceList(props: SourceListProps) {
  return (
    <>
      <FoundryTabs current="sources" />
      <PageHeader
        title="Data sources"
        lead="Everything the numbers are made of."
        actions={
          props.mayTakeAway && (
            <LinkButton href="/foundry/take-away" small icon="download">
              Take it all with you
            </LinkButton>
          )
        }
      />
      <div class="flex flex-col gap-6">
        <SourceTable {...props} />
        <Available {...props} />
      </div>
    </>
  )
}

function SourceTable({ sources, badges, timeZone, locale }: SourceListProps) {
  return (
    <DataTable
      caption="Data sources"
      rows={sources}
      empty={
        <EmptyState
          icon="plug"
          title="No source yet"
          text="Connect Stripe and payments appear as they happen, or import a CSV file of your shop: the first number is minutes away."
        />
      }
      columns={[
        {
          key: 'name',
          label: 'Source',
          cell: (source) => <SourceName source={source} badge={badges.get(source.id)} locale={locale} />,
        },
        { key: 'state', label: 'State', cell: (source) => <SourceState status={source.syncStatus} /> },
        {
          key: 'records',
          label: 'Records',
          numeric: true,
          cell: (source) => source.recordCount.toLocaleString(locale),
        },
        {
          key: 'sales',
          label: 'Counts as sales',
          cell: (source) => (source.countsAsSales ? 'yes' : 'no'),
        },
        {
          key: 'last',
          label: 'Last data',
          cell: (source) =>
            source.lastSyncAt ? (
              <Time at={source.lastSyncAt} timeZone={timeZone} locale={locale} />
            ) : (
              'not yet'
            ),
        },
      ]}
    />
  )
}

function SourceName({ source, badge, locale }: { source: SourceItem; badge?: Match; locale: string }) {
  return (
    <>
      <a href={`/foundry/sources/${source.id}`} class="link font-medium">
        {source.name}
      </a>
      <span class="block text-base-content/75 text-xs">{GIVES[source.sourceType]}</span>
      {source.lastError && <span class="block text-error text-xs">{source.lastError}</span>}
      {badge && <MatchBadge badge={badge} source={source} locale={locale} />}
    </>
  )
}

function Available({ sources, demoChoices, mayManage, mayWrite, standIns }: SourceListProps) {
  if (!mayWrite) return null
  return (
    <section aria-labelledby="available">
      <h2 id="available" class="mb-3 font-semibold">
        Bring data in
      </h2>
      <div class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {mayManage && (
          <Card
            title="Connect a system"
            lead="Shop, payments, books, ads or a sheet: two years of history come by themselves, then every change."
          >
            <LinkButton href="/settings/connections" tone="primary" small icon="plug">
              Choose a system
            </LinkButton>
            {standIns.length > 0 && <StandIns vendors={standIns} />}
          </Card>
        )}
        {mayManage && (
          <Card
            title="Stripe by webhook"
            lead="Payments, refunds, invoices, subscriptions and payouts, seconds after they happen."
          >
            <LinkButton href="/foundry/sources/stripe/new" small icon="plug">
              Connect Stripe
            </LinkButton>
          </Card>
        )}
        <Card
          title="CSV file"
          lead="Orders, customers, products, invoices, contacts or ad spend, from any shop or spreadsheet."
        >
          <LinkButton href="/foundry/imports/new" small icon="upload">
            Import a file
          </LinkButton>
        </Card>
        {mayManage && <SampleData isPresent={sources.some(({ isDemo }) => isDemo)} choices={demoChoices} />}
      </div>
    </section>
  )
}

function StandIns({ vendors }: { vendors: SourceListProps['standIns'] }) {
  return (
    <div class="mt-4 text-sm">
      <p class="text-base-content/75">
        No account at hand? Made-up vendors with two years of history run beside this installation. Nothing
        leaves this computer.
      </p>
      <ul class="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {vendors.map(({ kind, name }) => (
          <li>
            <a class="link" href={`/settings/connections/${kind}`}>
              Made-up {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Sample data in and out; the same two doors as on the home page. */
function SampleData({
  isPresent,
  choices,
}: {
  isPresent: boolean
  choices: { id: string; label: string }[]
}) {
  if (isPresent) {
    return (
      <Card title="Sample data" lead="It is here, beside your own. One click takes all of it out again.">
        <ConfirmButton
          action="/demo/removal"
          label="Remove sample data"
          title="Remove the sample data?"
          text="Every sample order, customer, product and invoice goes. What you brought in yourself stays."
          confirmLabel="Remove it"
        />
      </Card>
    )
  }
  return (
    <Card
      title="Explore with sample data"
      lead="Two years of a made-up shop, to look around in. Removable with one click."
    >
      <form action="/demo" method="post" class="flex flex-wrap gap-2">
        {choices.map(({ id, label }) => (
          <Button name="profile" value={id} small icon="spark">
            {label}
          </Button>
        ))}
      </form>
    </Card>
  )
}
