/** The list of contacts, by page: found, filtered, changed many at once, taken out as a file; and their duplicates. */

import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import { csvLine } from '../../kit/csv.ts'
import { numberFormat } from '../../kit/format.ts'
import { columnSort, readSort, withParameter } from '../../kit/table.ts'
import {
  CONTACT_SORTS,
  changeMany,
  contactFacets,
  contactFilter,
  dismissDuplicate,
  exportContacts,
  listContacts,
  listDuplicates,
  listMentionable,
  mergeContacts,
} from '../../modules/workspace/index.ts'
import { DuplicatesPage } from '../../modules/workspace/views/contact-duplicates.tsx'
import { CONSENT_OPTIONS, STAGE_OPTIONS, sourceWords } from '../../modules/workspace/views/contact-words.tsx'
import { ContactsPage } from '../../modules/workspace/views/contacts-page.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'contacts'
const read = requires('contacts:read')
const write = requires('contacts:write')
const SHOWN = 50

export const contactListPages = new Hono<AppEnv>()
  .get('/contacts', read, (c) => showList(c))
  .get('/contacts/export.csv', read, (c) => sendFile(c))
  .get('/contacts/duplicates', read, async (c) => {
    const pairs = await listDuplicates(c.var.services, c.var.actor)
    if (!pairs.ok) return failurePage(c, pairs.error)
    const body = <DuplicatesPage pairs={pairs.value} mayWrite={can(c.var.actor, 'contacts:write')} />
    return page(c, { title: 'Duplicates', section, body })
  })
  .post('/contacts/changes', write, async (c) => {
    const form = await readForm(c)
    const word = (name: string) => String(form.get(name) ?? '').trim() || undefined
    const done = await changeMany(c.var.services, c.var.actor, {
      ids: form.getAll('ids').map(String),
      stage: word('stage'),
      tag: word('tag'),
      untag: word('untag'),
    })
    if (!done.ok) return done.error.kind === 'invalid' ? showList(c, done.error) : failurePage(c, done.error)
    const { changed } = done.value
    return goTo(c, '/contacts', {
      toast: changed === 1 ? 'One contact changed.' : `${changed} contacts changed.`,
    })
  })
  .post('/contacts/:id/merge', write, async (c) => {
    const { other = '' } = await formFields(c)
    const id = c.req.param('id')
    const merged = await mergeContacts(c.var.services, c.var.actor, id, other)
    if (!merged.ok) return failurePage(c, merged.error)
    return goTo(c, `/contacts/${id}`, { toast: 'The two are one contact now.' })
  })
  .post('/contacts/:id/duplicates', write, async (c) => {
    const { other = '' } = await formFields(c)
    const done = await dismissDuplicate(c.var.services, c.var.actor, c.req.param('id'), other)
    if (!done.ok) return failurePage(c, done.error)
    return goTo(c, '/contacts/duplicates', { toast: 'They stay two contacts.' })
  })

function filterOf(c: AppContext) {
  const { q = '', stage, source = '', consent, tag = '', owner = '' } = c.req.query()
  const known = (options: { value: string }[], value?: string) =>
    options.some((option) => option.value === value) ? value : undefined
  const asked = {
    q: q.slice(0, 100),
    stage: known(STAGE_OPTIONS, stage),
    source: source.slice(0, 60),
    consent: known(CONSENT_OPTIONS, consent),
    tag: tag.slice(0, 60),
    owner: owner.slice(0, 60),
  }
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const words = Object.fromEntries(given)
  return { words, filter: contactFilter.parse(words) }
}

async function showList(c: AppContext, failure?: Failure): Promise<Response> {
  const { actor, services } = c.var
  const { words, filter } = filterOf(c)
  const address = { path: '/contacts', search: new URL(c.req.url).searchParams }
  const order = readSort(address.search, CONTACT_SORTS, { key: 'updated', direction: 'descending' })
  const key = CONTACT_SORTS.find((known) => known === order.key) ?? 'updated'
  const cursor = c.req.query('cursor')
  const listed = await listContacts(services, actor, { ...filter, order: { ...order, key }, cursor }, SHOWN)
  if (!listed.ok) return failurePage(c, listed.error)
  const [facets, people] = await Promise.all([
    contactFacets(services, actor, filter),
    listMentionable(services, actor),
  ])
  const number = numberFormat(actor.workspace.locale).format(facets.total)
  const most = facets.total >= 10_000 ? ' or more' : ''
  const { nextCursor, contacts } = listed.value
  const sort = address.search.get('sort')
  const body = (
    <ContactsPage
      contacts={contacts}
      filter={words}
      sorts={{
        name: columnSort(address, 'name', order),
        updated: columnSort(address, 'updated', order, 'descending'),
      }}
      keep={sort ? { sort } : {}}
      chips={Object.entries(words).map(([name, value]) => ({
        label: chipLabel(name, value, people),
        href: withParameter(address, name, null),
      }))}
      sources={facets.sources}
      tags={facets.tags}
      people={people}
      shown={`${contacts.length} of ${number}${most}`}
      next={nextCursor && withParameter(address, 'cursor', nextCursor)}
      first={cursor ? withParameter(address, 'cursor', null) : null}
      exportHref={`/contacts/export.csv?${new URLSearchParams(words)}`}
      mayWrite={can(actor, 'contacts:write')}
      errors={failure?.errors}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'Contacts', section, body, status: failure && statusOf(failure.kind) })
}

function chipLabel(name: string, value: string, people: { id: string; name: string }[]): string {
  const labelOf = (options: { value: string; label: string }[]) =>
    options.find((option) => option.value === value)?.label ?? value
  if (name === 'q') return `“${value}”`
  if (name === 'stage') return `Stage: ${labelOf(STAGE_OPTIONS)}`
  if (name === 'consent') return `Consent: ${labelOf(CONSENT_OPTIONS)}`
  if (name === 'source') return `Source: ${sourceWords(value)}`
  if (name === 'tag') return `Tag: ${value}`
  return `Looked after by ${people.find(({ id }) => id === value)?.name ?? 'nobody'}`
}

const COLUMNS = [
  'id',
  'name',
  'email',
  'phone',
  'company',
  'stage',
  'consent',
  'consent_at',
  'tags',
  'source',
  'note',
  'created_at',
  'updated_at',
]

/** The whole list under the filter, streamed page by page. */
function sendFile(c: AppContext): Response {
  const { filter } = filterOf(c)
  const pages = exportContacts(c.var.services, c.var.actor, filter)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(COLUMNS))),
    async pull(controller) {
      const { value, done } = await pages.next()
      if (done) return controller.close()
      const lines = value.map((row) =>
        csvLine([
          row.id,
          row.name,
          row.email,
          row.phone,
          row.company,
          row.stage,
          row.consent.state,
          row.consent.at,
          row.tags.join(', '),
          row.source,
          row.note,
          row.createdAt,
          row.updatedAt,
        ]),
      )
      controller.enqueue(encoder.encode(lines.join('')))
    },
  })
  return c.body(body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="contacts.csv"',
  })
}
