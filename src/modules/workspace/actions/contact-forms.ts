/** Forms on the web that take contacts in: made with their public link, changed, archived, answered by anybody. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emailKey } from '../domain/contact.ts'
import { contactFormSchema, HONEYPOT, readAnswer } from '../domain/contact-form.ts'
import * as store from '../store/contact-forms.ts'
import { landContacts } from './contacts-land.ts'
import { createLink, type LinkLine, revokeLink } from './links.ts'
import { fieldErrors } from './sign-up.ts'

export type ContactForm = Omit<store.ContactFormRow, 'tenantId'>

const view = ({ tenantId: _tenant, ...form }: store.ContactFormRow): ContactForm => form

export async function listForms(services: Services, actor: Actor): Promise<Result<ContactForm[]>> {
  if (!can(actor, 'contacts:read')) return forbidden('see forms')
  const db = services.tenant(actor.tenantId)
  return ok((await db.get(store.contactFormRows(db))).map(view))
}

export async function readForm(services: Services, actor: Actor, id: string): Promise<Result<ContactForm>> {
  if (!can(actor, 'contacts:read')) return forbidden('see forms')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(store.contactFormRow(db, id))
  return row && row.archivedAt === null ? ok(view(row)) : notFound('form')
}

/** The address is shown this once; `renewFormLink` makes another and ends this one. */
export async function createForm(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ id: string; url: string }>> {
  if (!can(actor, 'contacts:write')) return forbidden('make forms')
  const parsed = contactFormSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const id = uuidv7(now)
  const link = await linkTo(services, actor, id, parsed.data.name)
  if (!link.ok) return link
  const { consent_text: consentText, ...rest } = parsed.data
  const at = isoInstant(now)
  const db = services.tenant(actor.tenantId)
  const times = { submissions: 0, createdAt: at, updatedAt: at, archivedAt: null }
  await db.write([
    store.insertContactForm(db, { id, ...rest, consentText, linkId: link.value.id, ...times }),
    recordAudit(db, now, actor, 'form.created', id, { name: rest.name }),
  ])
  return ok({ id, url: link.value.url })
}

export async function updateForm(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<null>> {
  if (!can(actor, 'contacts:write')) return forbidden('change forms')
  const known = await readForm(services, actor, id)
  if (!known.ok) return known
  const parsed = contactFormSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { consent_text: consentText, ...rest } = parsed.data
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    store.updateContactForm(db, id, { ...rest, consentText, updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'form.updated', id, { name: rest.name }),
  ])
  return ok(null)
}

/** A new address; the one before ends at once. */
export async function renewFormLink(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ url: string }>> {
  if (!can(actor, 'contacts:write')) return forbidden('change forms')
  const known = await readForm(services, actor, id)
  if (!known.ok) return known
  const link = await linkTo(services, actor, id, known.value.name)
  if (!link.ok) return link
  const db = services.tenant(actor.tenantId)
  const updatedAt = isoInstant(services.clock.now())
  await db.write([store.updateContactForm(db, id, { linkId: link.value.id, updatedAt })])
  await revokeLink(services, actor, known.value.linkId)
  return ok({ url: link.value.url })
}

/** Takes the form off the web; whoever came by it stays. */
export async function archiveForm(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'contacts:write')) return forbidden('archive forms')
  const known = await readForm(services, actor, id)
  if (!known.ok) return known
  await revokeLink(services, actor, known.value.linkId)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    store.updateContactForm(db, id, { archivedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'form.archived', id),
  ])
  return ok(null)
}

const linkTo = (services: Services, actor: Actor, formId: string, name: string) =>
  createLink(services, actor, {
    kind: 'form',
    ref: formId,
    scope: ['view', 'submit'],
    label: `Form: ${name}`,
    expiresAt: null,
    maxUses: null,
  })

/**
 * An answer from the web, by the actor of the form's link. A program that fills in what people do not see is thanked and
 * left out. `ip` is the network it comes from.
 */
export async function submitForm(
  services: Services,
  actor: Actor,
  link: Pick<LinkLine, 'ref'>,
  given: Readonly<Record<string, string>>,
  ip: string,
): Promise<Result<{ thanks: string }>> {
  const read = await readForm(services, actor, link.ref)
  if (!read.ok) return read
  const form = read.value
  if (!(await services.limits.anonymous(`form:${ip}`)))
    return fail('rate_limited', 'too-many', 'That was a lot at once. Wait a minute, then send it again.', {
      retryAfter: 60,
    })
  const thanks = form.thanks || 'Thank you. We have got your message.'
  if (given[HONEYPOT]) return ok({ thanks })
  const { answer, errors } = readAnswer(form, given)
  if (errors.length > 0) return invalid(errors)
  const now = services.clock.now()
  const at = isoInstant(now)
  const { message, ...fields } = answer
  const agreed = form.consentText !== '' && given.consent === 'yes'
  const landed = await landContacts(services, actor, {
    sourceId: `form:${form.id}`,
    source: 'form',
    origin: 'form',
    records: [
      {
        ...fields,
        at,
        externalId: emailKey(answer.email),
        hash: uuidv7(now),
        sourceDetail: form.name,
        tags: form.tags,
        activeAt: at,
        consent: agreed
          ? { state: 'given', at, source: `Form “${form.name}”`, text: form.consentText }
          : undefined,
        event: {
          kind: 'form',
          title: `Sent in the form “${form.name}”`,
          detail: { form_id: form.id, ...answer, ...(message ? { message } : {}), consent: agreed },
        },
      },
    ],
  })
  if (!landed.ok) return landed
  const [result] = landed.value
  await tellSubmission(services, actor, form.id, result?.contactId ?? '', result?.outcome === 'created')
  return ok({ thanks })
}

async function tellSubmission(
  services: Services,
  actor: Actor,
  formId: string,
  contactId: string,
  isNew: boolean,
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const eventId = uuidv7(now)
  const payload = { form_id: formId, contact_id: contactId, is_new: isNew }
  await db.write([
    store.countSubmission(db, formId),
    recordEvent(db, now, { id: eventId, type: 'form.submitted', payload }),
  ])
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}
