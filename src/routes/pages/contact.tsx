/** One contact, by page: made, looked at, changed, its consent written down, a merge taken apart, deleted. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  contactName,
  createContact,
  deleteContact,
  listMentionable,
  listMerges,
  readContact,
  readTimeline,
  tagsOf,
  undoMerge,
  updateContact,
} from '../../modules/workspace/index.ts'
import { ContactPage, NewContactPage } from '../../modules/workspace/views/contact-page.tsx'
import type { ContactValues } from '../../modules/workspace/views/contact-words.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'contacts'
const read = requires('contacts:read')
const write = requires('contacts:write')

export const contactPages = new Hono<AppEnv>()
  .get('/contacts/new', write, (c) => showNew(c, {}))
  .post('/contacts', write, async (c) => {
    const fields = await formFields(c)
    const made = await createContact(c.var.services, c.var.actor, inputOf(fields))
    if (made.ok) return goTo(c, `/contacts/${made.value.id}`, { toast: 'The contact is added.' })
    return made.error.errors ? showNew(c, valuesOf(fields), made.error) : failurePage(c, made.error)
  })
  .get('/contacts/:id', read, (c) => showOne(c, c.req.param('id')))
  .post('/contacts/:id', write, async (c) => {
    const id = c.req.param('id')
    const fields = await formFields(c)
    const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : null
    const saved = await updateContact(c.var.services, c.var.actor, id, inputOf(fields), version)
    if (saved.ok) return goTo(c, `/contacts/${id}`, { toast: 'Saved.' })
    return saved.error.errors ? showOne(c, id, saved.error, valuesOf(fields)) : failurePage(c, saved.error)
  })
  .post('/contacts/:id/consent', write, async (c) => {
    const id = c.req.param('id')
    const { state, source, text } = await formFields(c)
    const saved = await updateContact(c.var.services, c.var.actor, id, { consent: { state, source, text } })
    if (saved.ok) return goTo(c, `/contacts/${id}`, { toast: 'Written down.' })
    return saved.error.errors ? showOne(c, id, saved.error) : failurePage(c, saved.error)
  })
  .post('/contacts/:id/merges/:undo', write, async (c) => {
    const id = c.req.param('id')
    const ask = await needsConfirmation(c, {
      title: 'Take the merge apart?',
      text: 'The other contact comes back with what hung on it.',
      confirmLabel: 'Take apart',
      cancelHref: `/contacts/${id}`,
      tone: 'primary',
    })
    if (ask) return ask
    const undone = await undoMerge(c.var.services, c.var.actor, id, c.req.param('undo'))
    if (!undone.ok) return failurePage(c, undone.error)
    return goTo(c, `/contacts/${undone.value.otherId}`, { toast: 'They are two contacts again.' })
  })
  .post('/contacts/:id/deletion', write, async (c) => {
    const id = c.req.param('id')
    const ask = await needsConfirmation(c, {
      title: 'Delete this contact?',
      text: 'Everything known of this person is erased here. This cannot be taken back.',
      confirmLabel: 'Delete for good',
      cancelHref: `/contacts/${id}`,
    })
    if (ask) return ask
    const done = await deleteContact(c.var.services, c.var.actor, id)
    return done.ok ? goTo(c, '/contacts', { toast: 'The contact is deleted.' }) : failurePage(c, done.error)
  })

/** What the form says; only the fields it has, so that a shorter form changes less. */
function inputOf(fields: Record<string, string>): Record<string, unknown> {
  const names = ['name', 'email', 'phone', 'company', 'stage', 'owner_id', 'note']
  const given = Object.fromEntries(names.flatMap((name) => (name in fields ? [[name, fields[name]]] : [])))
  return fields.tags === undefined ? given : { ...given, tags: tagsOf(fields.tags) }
}

const valuesOf = ({ owner_id, ...fields }: Record<string, string>): ContactValues => ({
  ...fields,
  owner: owner_id,
})

async function showNew(c: AppContext, values: ContactValues, failure?: Failure): Promise<Response> {
  const people = await listMentionable(c.var.services, c.var.actor)
  const existing = failure?.slug === 'contact-exists' ? /[0-9a-f-]{36}/.exec(failure.detail)?.[0] : undefined
  const body = <NewContactPage values={values} errors={failure?.errors} people={people} existing={existing} />
  return page(c, { title: 'Add a contact', section, body, status: failure && statusOf(failure.kind) })
}

async function showOne(
  c: AppContext,
  id: string,
  failure?: Failure,
  values?: ContactValues,
): Promise<Response> {
  const { actor, services } = c.var
  const found = await readContact(services, actor, id)
  if (!found.ok) return failurePage(c, found.error)
  const [timeline, people, merges] = await Promise.all([
    readTimeline(services, actor, id, 100),
    listMentionable(services, actor),
    listMerges(services, actor, id),
  ])
  if (!timeline.ok) return failurePage(c, timeline.error)
  const title = contactName(found.value)
  const body = (
    <ContactPage
      contact={found.value}
      title={title}
      people={people}
      timeline={timeline.value}
      undo={merges}
      mayWrite={can(actor, 'contacts:write')}
      values={values}
      errors={failure?.errors}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title, section, body, status: failure && statusOf(failure.kind) })
}
