/** The list of contacts: found, filtered, sorted, and many changed at once. */
import type { FieldError } from '../../../platform/result.ts'
import { Button, LinkButton } from '../../../views/button.tsx'
import { type Column, DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../../views/filter-bar.tsx'
import { ErrorSummary } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { Time } from '../../../views/time.tsx'
import {
  CONSENT_OPTIONS,
  ConsentBadge,
  STAGE_OPTIONS,
  StageBadge,
  sourceWords,
  Tags,
} from './contact-words.tsx'

export interface ContactItem {
  id: string
  name: string
  email: string | null
  phone: string | null
  company: string | null
  stage: string
  source: string
  consent: { state: string }
  tags: string[]
  ownerId: string | null
  updatedAt: string
}

export interface ContactsPageProps {
  contacts: ContactItem[]
  filter: Record<string, string>
  sorts: Record<string, Column<ContactItem>['sort']>
  keep: Record<string, string>
  chips: { label: string; href: string }[]
  sources: string[]
  tags: string[]
  people: { id: string; name: string }[]
  shown: string
  next: string | null
  first: string | null
  exportHref: string
  mayWrite: boolean
  errors?: FieldError[]
  timeZone: string
  locale: string
}

export const ContactTabs = ({ at }: { at: string }) => (
  <Tabs
    label="Contacts"
    tabs={[
      { href: '/contacts', label: 'All contacts' },
      { href: '/contacts/duplicates', label: 'Duplicates' },
      { href: '/contacts/forms', label: 'Forms' },
    ].map((tab) => ({ ...tab, current: tab.href === at }))}
  />
)

export function ContactsPage(props: ContactsPageProps) {
  const { contacts, filter, mayWrite } = props
  const isFiltered = Object.values(filter).some(Boolean)
  const actions = (
    <>
      <LinkButton href={props.exportHref} icon="download" download>
        Export
      </LinkButton>
      {mayWrite && (
        <>
          <LinkButton href="/foundry/imports/new?kind=contacts" icon="upload">
            Import
          </LinkButton>
          <LinkButton href="/contacts/new" icon="plus" tone="primary">
            Add a contact
          </LinkButton>
        </>
      )}
    </>
  )
  return (
    <>
      <PageHeader
        title="Contacts"
        lead="Everybody you know, from every source, each once."
        actions={actions}
      />
      <ContactTabs at="/contacts" />
      {(contacts.length > 0 || isFiltered) && <Filters {...props} />}
      {contacts.length === 0 ? (
        isFiltered ? (
          <EmptyState
            icon="search"
            title="Nobody fits"
            text="Take a filter away, or look for another word."
          />
        ) : (
          <NoContacts mayWrite={mayWrite} />
        )
      ) : (
        <List {...props} />
      )}
    </>
  )
}

function NoContacts({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon="users"
      title="No contacts yet"
      text="Import a file, connect a shop, or put a form on your website: people appear here, each once."
      actions={
        mayWrite && (
          <>
            <LinkButton href="/contacts/new" tone="primary" icon="plus">
              Add a contact
            </LinkButton>
            <LinkButton href="/foundry/imports/new?kind=contacts" icon="upload">
              Import a file
            </LinkButton>
            <LinkButton href="/contacts/forms/new" icon="list">
              Make a form
            </LinkButton>
          </>
        )
      }
    />
  )
}

function Filters({ filter, keep, chips, sources, tags, people }: ContactsPageProps) {
  const owners = [
    { value: 'none', label: 'Nobody' },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const words = (list: string[], label: (word: string) => string = (word) => word) =>
    list.map((value) => ({ value, label: label(value) }))
  return (
    <FilterBar action="/contacts" keep={keep} active={chips}>
      <FilterText label="Name, e-mail, company or number" name="q" value={filter.q} />
      <FilterSelect label="Stage" name="stage" value={filter.stage} options={STAGE_OPTIONS} />
      <FilterSelect
        label="Source"
        name="source"
        value={filter.source}
        options={words(sources, sourceWords)}
      />
      <FilterSelect label="Consent" name="consent" value={filter.consent} options={CONSENT_OPTIONS} />
      {tags.length > 0 && <FilterSelect label="Tag" name="tag" value={filter.tag} options={words(tags)} />}
      <FilterSelect label="Looked after by" name="owner" value={filter.owner} options={owners} />
    </FilterBar>
  )
}

function List(props: ContactsPageProps) {
  const table = <DataTable caption="Contacts" rows={props.contacts} columns={columns(props)} />
  return (
    <>
      {props.mayWrite ? (
        <form action="/contacts/changes" method="post">
          <ErrorSummary errors={props.errors} />
          {table}
          <Bulk />
        </form>
      ) : (
        table
      )}
      <Pagination next={props.next} first={props.first} shown={props.shown} />
    </>
  )
}

function Bulk() {
  return (
    <fieldset class="mt-3 flex flex-wrap items-end gap-2">
      <legend class="sr-only">Change those that are ticked</legend>
      <label class="flex flex-col gap-1 text-xs">
        <span class="text-base-content/80">Stage of those ticked</span>
        <select name="stage" class="select select-sm">
          <option value="">Leave as it is</option>
          {STAGE_OPTIONS.map(({ value, label }) => (
            <option value={value}>{label}</option>
          ))}
        </select>
      </label>
      <label class="flex flex-col gap-1 text-xs">
        <span class="text-base-content/80">Add a tag</span>
        <input name="tag" id="tag" class="input input-sm" maxlength={50} />
      </label>
      <label class="flex flex-col gap-1 text-xs">
        <span class="text-base-content/80">Take a tag away</span>
        <input name="untag" class="input input-sm" maxlength={50} />
      </label>
      <Button small>Change those ticked</Button>
    </fieldset>
  )
}

function columns({ sorts, people, mayWrite, timeZone, locale }: ContactsPageProps): Column<ContactItem>[] {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const title = (row: ContactItem) => row.name || row.email || row.phone || 'Unnamed contact'
  const tick: Column<ContactItem> = {
    key: 'tick',
    label: 'Tick',
    cell: (row) => (
      <input type="checkbox" name="ids" value={row.id} class="checkbox checkbox-sm" aria-label={title(row)} />
    ),
  }
  return [
    ...(mayWrite ? [tick] : []),
    {
      key: 'name',
      label: 'Name',
      sort: sorts.name,
      cell: (row) => (
        <>
          <a href={`/contacts/${row.id}`} class="link font-medium">
            {title(row)}
          </a>
          {row.name && row.email && <span class="block text-base-content/75 text-xs">{row.email}</span>}
        </>
      ),
    },
    { key: 'company', label: 'Company', cell: (row) => row.company ?? '' },
    { key: 'stage', label: 'Stage', cell: (row) => <StageBadge stage={row.stage} /> },
    { key: 'consent', label: 'Consent', cell: (row) => <ConsentBadge state={row.consent.state} /> },
    { key: 'tags', label: 'Tags', cell: (row) => <Tags tags={row.tags} /> },
    { key: 'source', label: 'Source', cell: (row) => sourceWords(row.source) },
    { key: 'owner', label: 'Looked after by', cell: (row) => (row.ownerId && names.get(row.ownerId)) || '' },
    {
      key: 'updated',
      label: 'Changed',
      sort: sorts.updated,
      cell: (row) => <Time at={row.updatedAt} timeZone={timeZone} locale={locale} show="date" />,
    },
  ]
}
