/** Forms that take contacts in, by page: listed, made, changed, given a new address, taken off the web. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import {
  archiveForm,
  createForm,
  FIELD_LABELS,
  FORM_FIELDS,
  listForms,
  readContactForm,
  renewFormLink,
  tagsOf,
  updateForm,
} from '../../modules/workspace/index.ts'
import {
  EditFormPage,
  FormsPage,
  type FormValues,
} from '../../modules/workspace/views/contact-forms-page.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'contacts'
const read = requires('contacts:read')
const write = requires('contacts:write')

const KNOWN = FORM_FIELDS.map((field) => ({ field, label: FIELD_LABELS[field] }))

const NEW: FormValues = {
  name: '',
  title: '',
  lead: '',
  fields: [
    { field: 'name', label: FIELD_LABELS.name, required: true },
    { field: 'email', label: FIELD_LABELS.email, required: true },
    { field: 'message', label: FIELD_LABELS.message, required: false },
  ],
  consentText: '',
  tags: '',
  thanks: '',
}

export const contactFormPages = new Hono<AppEnv>()
  .get('/contacts/forms', read, async (c) => {
    const { actor, services } = c.var
    const forms = await listForms(services, actor)
    if (!forms.ok) return failurePage(c, forms.error)
    const { timeZone, locale } = actor.workspace
    const mayWrite = can(actor, 'contacts:write')
    const body = <FormsPage forms={forms.value} mayWrite={mayWrite} timeZone={timeZone} locale={locale} />
    return page(c, { title: 'Forms', section, body })
  })
  .get('/contacts/forms/new', write, (c) => showForm(c, null, NEW))
  .post('/contacts/forms', write, async (c) => {
    const values = valuesOf(await readForm(c))
    const made = await createForm(c.var.services, c.var.actor, inputOf(values))
    if (made.ok) return showForm(c, made.value.id, values, { url: made.value.url })
    return made.error.errors ? showForm(c, null, values, { failure: made.error }) : failurePage(c, made.error)
  })
  .get('/contacts/forms/:form', write, (c) => showKept(c, c.req.param('form')))
  .post('/contacts/forms/:form', write, async (c) => {
    const id = c.req.param('form')
    const values = valuesOf(await readForm(c))
    const saved = await updateForm(c.var.services, c.var.actor, id, inputOf(values))
    if (saved.ok) return goTo(c, `/contacts/forms/${id}`, { toast: 'Saved.' })
    return saved.error.errors
      ? showForm(c, id, values, { failure: saved.error })
      : failurePage(c, saved.error)
  })
  .post('/contacts/forms/:form/link', write, async (c) => {
    const id = c.req.param('form')
    const ask = await needsConfirmation(c, {
      title: 'Make a new address?',
      text: 'The address that is in use now stops working at once.',
      confirmLabel: 'Make a new address',
      cancelHref: `/contacts/forms/${id}`,
      tone: 'primary',
    })
    if (ask) return ask
    const made = await renewFormLink(c.var.services, c.var.actor, id)
    return made.ok ? showKept(c, id, made.value.url) : failurePage(c, made.error)
  })
  .post('/contacts/forms/:form/archival', write, async (c) => {
    const id = c.req.param('form')
    const ask = await needsConfirmation(c, {
      title: 'Take the form off the web?',
      text: 'Its address stops working at once. Contacts that came by it stay.',
      confirmLabel: 'Take it off',
      cancelHref: `/contacts/forms/${id}`,
    })
    if (ask) return ask
    const done = await archiveForm(c.var.services, c.var.actor, id)
    if (!done.ok) return failurePage(c, done.error)
    return goTo(c, '/contacts/forms', { toast: 'The form is off the web.' })
  })

function valuesOf(form: FormData): FormValues {
  const word = (name: string) => String(form.get(name) ?? '')
  const asked = new Set(['email', ...form.getAll('ask').map(String)])
  const required = new Set(['email', ...form.getAll('required').map(String)])
  const fields = KNOWN.filter(({ field }) => asked.has(field)).map(({ field, label }) => ({
    field,
    label: word(`label_${field}`).trim() || label,
    required: required.has(field),
  }))
  return {
    name: word('name'),
    title: word('title'),
    lead: word('lead'),
    fields,
    consentText: word('consent_text'),
    tags: word('tags'),
    thanks: word('thanks'),
  }
}

const inputOf = ({ consentText, tags, ...rest }: FormValues) => ({
  ...rest,
  consent_text: consentText,
  tags: tagsOf(tags),
})

async function showKept(c: AppContext, id: string, url?: string): Promise<Response> {
  const form = await readContactForm(c.var.services, c.var.actor, id)
  if (!form.ok) return failurePage(c, form.error)
  const { submissions, tags, ...values } = form.value
  return showForm(c, id, { ...values, tags: tags.join(', ') }, { url, submissions })
}

async function showForm(
  c: AppContext,
  id: string | null,
  values: FormValues,
  more: { url?: string; submissions?: number; failure?: Failure } = {},
): Promise<Response> {
  const { failure, ...shown } = more
  const body = <EditFormPage id={id} values={values} known={KNOWN} errors={failure?.errors} {...shown} />
  const title = id ? values.name : 'Make a form'
  return page(c, { title, section, body, status: failure && statusOf(failure.kind) })
}
