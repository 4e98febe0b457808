/** Mail templates: made, changed, shown on a real record, tried on oneself. */
import * as z from 'zod'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type MailPage, mailPage } from '../documents/mail-page.ts'
import { formValues } from '../domain/form-values.ts'
import { type MailTemplate, mailBlocksSchema } from '../domain/mail-blocks.ts'
import { MAIL_GALLERY } from '../domain/mail-gallery.ts'
import { templateFromForm } from '../domain/template-form.ts'
import {
  allTemplates,
  insertTemplate,
  type TemplateRow,
  templateById,
  updateTemplateRow,
} from '../store/templates.ts'
import { fieldErrors } from './automation-faults.ts'
import type { FormPairs } from './builder-forms.ts'
import { recordKinds, triggerFacts } from './engine/trigger-facts.ts'

const line = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)

const templateSchema = z.strictObject({
  name: line(120).min(1, 'Give it a name.'),
  subject: line(300).min(1, 'A mail needs a subject.'),
  preheader: line(300).default(''),
  stream: z.enum(['workspace', 'marketing']).default('workspace'),
  blocks: mailBlocksSchema.default([]),
})

export async function listTemplates(services: Services, actor: Actor): Promise<Result<TemplateRow[]>> {
  if (!can(actor, 'ops:read')) return forbidden('see templates')
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(allTemplates(db)))
}

export async function readTemplate(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<TemplateRow>> {
  if (!can(actor, 'ops:read')) return forbidden('see templates')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(templateById(db, id))
  return row && row.deletedAt === null ? ok(row) : notFound('template')
}

/** `input` is anything from outside; `{ gallery }` takes one that is ready. */
export async function createTemplate(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<TemplateRow>> {
  if (!can(actor, 'ops:write')) return forbidden('make templates')
  const named = z.object({ gallery: z.string() }).safeParse(input)
  const ready = named.success ? MAIL_GALLERY.find(({ key }) => key === named.data.gallery) : undefined
  if (named.success && !ready) return notFound('template of the gallery')
  const parsed = templateSchema.safeParse(ready ? wishOf(ready) : input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const at = isoInstant(now)
  const id = uuidv7(now)
  const db = services.tenant(actor.tenantId)
  await db.write([
    insertTemplate(db, {
      ...parsed.data,
      ...{ id, blocks: parsed.data.blocks as never, galleryKey: ready?.key ?? null, version: 1 },
      ...{ createdBy: actor.id, createdAt: at, updatedAt: at, deletedAt: null },
    }),
    recordAudit(db, now, actor, 'template.created', id, { name: parsed.data.name }),
  ])
  return readTemplate(services, actor, id)
}

const wishOf = ({ name, subject, preheader, stream, blocks }: MailTemplate & { name: string }) => ({
  ...{ name, subject, preheader, stream, blocks },
})

/** What is left out stays. `version` guards against the change of somebody else. */
export async function updateTemplate(
  services: Services,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  version: number | null = null,
): Promise<Result<TemplateRow>> {
  if (!can(actor, 'ops:write')) return forbidden('change templates')
  const known = await readTemplate(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  if (version !== null && version !== row.version) return stale()
  const parsed = templateSchema.safeParse({ ...wishOf(row as never), ...input })
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const set = { ...parsed.data, blocks: parsed.data.blocks as never, updatedAt: isoInstant(now) }
  const [changed = 0] = await db.write([
    updateTemplateRow(db, id, row.version, set),
    recordAudit(db, now, actor, 'template.changed', id, { name: parsed.data.name }, 'if-changed'),
  ])
  return changed === 0 ? stale() : readTemplate(services, actor, id)
}

/** The editor's form: all blocks, and what was clicked. */
export function saveTemplateForm(
  services: Services,
  actor: Actor,
  id: string,
  pairs: FormPairs,
): Promise<Result<TemplateRow>> {
  const values = formValues(pairs)
  return updateTemplate(
    services,
    actor,
    id,
    { ...templateFromForm(values) },
    Number(values.text('version')) || null,
  )
}

/** Steps that were published with it go on; it can be chosen no more. */
export async function deleteTemplate(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'ops:write')) return forbidden('remove templates')
  const known = await readTemplate(services, actor, id)
  if (!known.ok) return known
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    updateTemplateRow(db, id, known.value.version, { deletedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'template.removed', id, { name: known.value.name }, 'if-changed'),
  ])
  return ok(null)
}

const stale = () =>
  fail(
    'stale',
    'template-changed',
    'Somebody has changed this template since you opened it. Look at it again.',
  )

export interface TemplatePreview {
  page: MailPage
  /** What has no value on this record, or no such field; null: all is there. */
  lacking: string | null
}

/** As it would look for a record (`invoice:in_1`); without one for the newest of each kind. */
export async function previewTemplate(
  services: Services,
  actor: Actor,
  id: string,
  subject?: string,
): Promise<Result<TemplatePreview>> {
  const known = await readTemplate(services, actor, id)
  if (!known.ok) return known
  const template = known.value as unknown as MailTemplate
  const data = await sampleData(services, actor, subject)
  const foot = {
    workspace: actor.workspace.name,
    postalAddress: '',
    unsubscribe:
      template.stream === 'marketing' ? `${services.config.publicUrl}/mail/unsubscribe/preview` : null,
  }
  const options = { timeZone: actor.workspace.timeZone, now: services.clock.now() }
  const page = mailPage(template, data, foot, options)
  if (!page.ok) return page
  const strict = mailPage(template, data, foot, { ...options, strict: true })
  return ok({ page: page.value, lacking: strict.ok ? null : strict.error.detail })
}

async function sampleData(services: Services, actor: Actor, subject: string | undefined) {
  const [named = '', ...rest] = (subject ?? '').split(':')
  const payload: Record<string, unknown> = {}
  if (named && rest.length > 0) payload[`${named}_id`] = rest.join(':')
  else
    for (const kind of recordKinds(services)) {
      const [newest] = can(actor, kind.permission) ? await kind.find(services, actor, { limit: 1 }) : []
      if (newest) payload[`${kind.kind}_id`] = newest.id
    }
  const facts = await triggerFacts(services, actor, { type: 'preview', payload })
  return { trigger: facts.trigger, workspace: facts.trigger.workspace, steps: {}, vars: {} }
}

/** To whoever asks, and to nobody else. */
export async function sendTestMail(
  services: Services,
  actor: Actor,
  id: string,
  subject?: string,
): Promise<Result<{ to: string }>> {
  if (!can(actor, 'ops:write')) return forbidden('send test mails')
  if (!actor.email)
    return fail('conflict', 'no-address', 'A key has no e-mail address. Sign in to send yourself a test.')
  const made = await previewTemplate(services, actor, id, subject)
  if (!made.ok) return made
  const { page } = made.value
  await services.mail.send({
    ...{ kind: 'template.test', stream: 'workspace', tenantId: actor.tenantId, to: actor.email },
    ...{ subject: `[Test] ${page.subject}`, html: page.html, text: page.text },
  })
  return ok({ to: actor.email })
}
