/** All public links of the workspace: what each opens, how often it was used, and its end. */
import { Badge } from '../../../views/badge.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../../views/filter-bar.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface LinkItem {
  id: string
  kind: string
  ref: string
  label: string
  createdByName: string
  createdAt: string
  expiresAt: string | null
  maxUses: number | null
  uses: number
  lastUsedAt: string | null
  state: 'active' | 'expired' | 'revoked' | 'used up'
}

export interface LinksPageProps {
  links: LinkItem[]
  filter: { q?: string; kind?: string; state?: string }
  next: string | null
  first: string | null
  timeZone: string
  locale: string
}

const KINDS = [
  { value: 'file', label: 'File' },
  { value: 'form', label: 'Form' },
]
const STATES = [{ value: 'active', label: 'Only open ones' }]

export function LinksPage(props: LinksPageProps) {
  const { filter } = props
  return (
    <SettingsFrame
      at="/settings/links"
      lead="What people without an account can open. A link opens one thing, and ends when you say so."
    >
      <FilterBar action="/settings/links" active={activeFilters(filter)}>
        <FilterText label="Name" name="q" value={filter.q} />
        <FilterSelect label="Opens" name="kind" value={filter.kind} options={KINDS} any="Anything" />
        <FilterSelect label="State" name="state" value={filter.state} options={STATES} />
      </FilterBar>
      <LinkTable {...props} />
      <Pagination next={props.next} first={props.first} />
    </SettingsFrame>
  )
}

function activeFilters(filter: LinksPageProps['filter']) {
  const words = {
    q: filter.q && `Name: ${filter.q}`,
    kind: KINDS.find((kind) => kind.value === filter.kind)?.label,
    state: filter.state === 'active' ? 'Only open ones' : '',
  }
  return (['q', 'kind', 'state'] as const).flatMap((name) => {
    const label = words[name]
    if (!label) return []
    const rest = Object.entries(filter).filter(([key, value]) => key !== name && value)
    return [{ label, href: `/settings/links?${new URLSearchParams(rest)}` }]
  })
}

function LinkTable({ links, filter, timeZone, locale }: LinksPageProps) {
  const when = (at: string | null, none: string) =>
    at ? <Time at={at} timeZone={timeZone} locale={locale} show="date" /> : none
  const filtered = Boolean(filter.q || filter.kind || filter.state)
  return (
    <DataTable
      caption="Public links"
      rows={links}
      empty={
        <EmptyState
          icon="plug"
          title={filtered ? 'No link fits' : 'No links yet'}
          text={filtered ? 'Take a filter away.' : 'Share a file from its page, and its link stands here.'}
        />
      }
      columns={[
        { key: 'label', label: 'Link', cell: (link) => <Opens link={link} /> },
        {
          key: 'made',
          label: 'Made',
          cell: (link) => (
            <>
              {when(link.createdAt, '')}
              <span class="block text-base-content/75 text-xs">{link.createdByName}</span>
            </>
          ),
        },
        { key: 'expires', label: 'Ends', cell: (link) => when(link.expiresAt, 'never') },
        {
          key: 'uses',
          label: 'Uses',
          numeric: true,
          cell: (link) => (link.maxUses === null ? String(link.uses) : `${link.uses} of ${link.maxUses}`),
        },
        { key: 'used', label: 'Last used', cell: (link) => when(link.lastUsedAt, 'never') },
        {
          key: 'state',
          label: 'State',
          cell: (link) =>
            link.state === 'active' ? (
              <ConfirmButton
                action={`/settings/links/${link.id}/revocation`}
                label="Revoke"
                title={`Revoke “${link.label}”?`}
                text="Whoever has the link can no longer open it. This cannot be taken back."
                confirmLabel="Revoke the link"
              />
            ) : (
              <Badge>{link.state}</Badge>
            ),
        },
      ]}
    />
  )
}

function Opens({ link }: { link: LinkItem }) {
  const kind = KINDS.find((known) => known.value === link.kind)?.label ?? link.kind
  return (
    <>
      <span class="break-words font-medium">{link.label}</span>
      <span class="block text-base-content/75 text-xs">
        {link.kind === 'file' ? (
          <a href={`/files/${link.ref}`} class="link">
            {kind}
          </a>
        ) : (
          kind
        )}
      </span>
    </>
  )
}
