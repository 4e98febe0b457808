/** All connections of the workspace, and everything that can be connected, by what it is for. */
import type { Vendor, VendorCategory } from '../../../platform/vendor.ts'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterText } from '../../../views/filter-bar.tsx'
import type { ConnectorView } from '../domain/connector.ts'
import { HealthBadge, HealthLine, type Place } from './health.tsx'

const CATEGORIES: Record<VendorCategory, string> = {
  shop: 'Shops and tills',
  payments: 'Payments',
  books: 'Bookkeeping',
  marketing: 'Marketing',
  messages: 'Messages',
  people: 'People and sales',
  market: 'Market data',
  web: 'Website',
  files: 'Files',
}

export interface ConnectionsProps {
  entries: { vendor: Vendor; connections: ConnectorView[] }[]
  connections: ConnectorView[]
  search: string
  mayManage: boolean
  place: Place
}

export function Connections(props: ConnectionsProps) {
  const found = props.entries.filter(({ vendor }) => matches(vendor, props.search))
  return (
    <div class="flex flex-col gap-6">
      <Connected {...props} />
      <section aria-label="What can be connected">
        <h2 class="mb-3 font-semibold text-lg">Connect something</h2>
        <FilterBar
          action="/settings/connections"
          active={props.search ? [{ label: `“${props.search}”`, href: '/settings/connections' }] : []}
        >
          <FilterText label="Find a system" name="q" value={props.search} />
        </FilterBar>
        {found.length === 0 ? (
          <EmptyState
            icon="search"
            title={props.search ? 'Nothing by that name' : 'Nothing can be connected here'}
            text="Data of any system can be brought in as a file, too."
            actions={<LinkButton href="/foundry/imports">Import a file</LinkButton>}
          />
        ) : (
          <Catalogue {...props} entries={found} />
        )}
      </section>
    </div>
  )
}

/** Every word that was typed is found in the name, the category or what it gives. */
function matches(vendor: Vendor, search: string): boolean {
  const text = [vendor.name, vendor.kind, CATEGORIES[vendor.category], ...vendor.gives]
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function Connected({ connections, entries, place }: ConnectionsProps) {
  if (connections.length === 0)
    return (
      <EmptyState
        icon="plug"
        title="Nothing is connected yet"
        text="Connect your shop, your payments or your books below: their numbers come in by themselves."
      />
    )
  const nameOf = (kind: string) => entries.find(({ vendor }) => vendor.kind === kind)?.vendor.name ?? kind
  return (
    <Card title="Connected">
      <ul class="divide-y divide-base-300">
        {connections.map((connector) => (
          <li class="flex flex-wrap items-center gap-x-4 gap-y-1 py-3 first:pt-0 last:pb-0">
            <div class="min-w-0 flex-1 basis-56">
              <a class="link-hover link font-medium" href={`/settings/connections/by-id/${connector.id}`}>
                {connector.name}
              </a>
              <p class="break-words text-base-content/75 text-sm">
                {nameOf(connector.kind)}
                {connector.account && ` · ${connector.account}`}
              </p>
            </div>
            <div class="text-sm sm:text-right">
              <HealthBadge status={connector.status} />
              <p class="mt-1 text-base-content/75 text-xs">
                <HealthLine connector={connector} place={place} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Catalogue({ entries, mayManage }: ConnectionsProps) {
  const present = (Object.keys(CATEGORIES) as VendorCategory[])
    .map((category) => ({ category, of: entries.filter(({ vendor }) => vendor.category === category) }))
    .filter(({ of }) => of.length > 0)
  return (
    <div class="flex flex-col gap-5">
      {present.map(({ category, of }) => (
        <section aria-label={CATEGORIES[category]}>
          <h3 class="mb-2 font-medium text-base-content/80 text-sm">{CATEGORIES[category]}</h3>
          <ul class="grid gap-3 sm:grid-cols-2">
            {of.map(({ vendor, connections }) => (
              <li class="surface flex flex-col gap-2 p-4">
                <div class="flex items-start gap-2">
                  <h4 class="min-w-0 flex-1 font-semibold">{vendor.name}</h4>
                  <StandOf connections={connections} />
                </div>
                <p class="flex-1 text-base-content/75 text-sm">{vendor.gives.join(' ')}</p>
                {mayManage && (
                  <div>
                    <LinkButton href={`/settings/connections/${vendor.kind}`} small>
                      {connections.length > 0 ? 'Connect another' : 'Connect'}
                      <span class="sr-only"> {vendor.name}</span>
                    </LinkButton>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** One word for all connections of a vendor: what needs somebody comes first. */
function StandOf({ connections }: { connections: ConnectorView[] }) {
  if (connections.some(({ status }) => status === 'failed')) return <HealthBadge status="failed" />
  const working = connections.filter(({ status }) => status === 'connected').length
  if (working > 0) return <Badge tone="success">{working === 1 ? 'Connected' : `${working} connected`}</Badge>
  return connections.length > 0 ? <HealthBadge status="disconnected" /> : null
}
