/** One mail of an automation: whether and when it may go, what it says, and what is kept of it. */
import type { Actor } from '../../../../platform/actor.ts'
import { isoInstant } from '../../../../platform/clock.ts'
import { sha256Hex } from '../../../../platform/crypto/digest.ts'
import { isAddress, refuseDraft } from '../../../../platform/mail-draft.ts'
import type { Services } from '../../../../platform/services.ts'
import type { StepJson, StepOutcome, StepRequest } from '../../../../platform/step.ts'
import { suppressed } from '../../../workspace/index.ts'
import { type MailPage, mailPage } from '../../documents/mail-page.ts'
import { type CopilotSettings, readCopilotSettings } from '../../domain/copilot-settings.ts'
import type { MailBlock, MailTemplate } from '../../domain/mail-blocks.ts'
import { paceOf } from '../../domain/mail-pace.ts'
import { isTracked, trackLinks } from '../../domain/tracking.ts'
import { insertAutomationMail, mailsTo } from '../../store/automation-mails.ts'
import { settingsRow } from '../../store/published.ts'
import { templateById } from '../../store/templates.ts'
import { refused, textOf } from '../steps/outcome.ts'
import { trackAddress, unsubscribeAddress } from './addresses.ts'

const WEEK_MS = 7 * 86_400_000

export async function sendAutomationMail(
  services: Services,
  actor: Actor,
  request: StepRequest,
): Promise<StepOutcome> {
  const { input } = request
  const to = textOf(input.to).trim().toLowerCase()
  if (to === '') return skipped('Nobody to write to: there is no e-mail address.')
  if (!isAddress(to)) return refused(`“${to}” is no e-mail address.`)
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const [stored, sent, known] = await db.getAll([
    settingsRow(db),
    mailsTo(db, to, isoInstant(now - WEEK_MS)),
    templateById(db, textOf(input.template)),
  ])
  if (input.template && !known) return refused('The template of this step is no more. Choose another.')
  const template = known ? { ...known, blocks: known.blocks as unknown as MailBlock[] } : writtenHere(input)
  if (typeof template === 'string') return refused(template)
  const why = await notToWrite(services, actor, to, template.stream, request)
  if (why) return skipped(why)
  const settings = readCopilotSettings(stored?.settings)
  const pace = paceOf(
    settings,
    actor.workspace.timeZone,
    sent.map(({ sent_at }) => Date.parse(sent_at)),
    now,
  )
  if (pace.kind === 'later') return { ok: false, later: pace.at, why: pace.why }
  return write(services, actor, request, { to, template, templateId: known?.id ?? null, settings, now })
}

const skipped = (why: string): StepOutcome => ({ ok: true, skipped: true, output: { mail_id: null }, why })

/** A mail written in the step itself: text as it stands, with what it says filled in already. */
function writtenHere(input: Record<string, StepJson>): MailTemplate | string {
  const [subject, body] = [textOf(input.subject).trim(), textOf(input.body).trim()]
  if (subject === '') return 'The mail has no subject.'
  if (body === '') return 'The mail has no text.'
  const stream = input.stream === 'marketing' ? 'marketing' : 'workspace'
  return {
    subject: verbatim(subject),
    preheader: '',
    stream,
    blocks: [{ kind: 'text', text: verbatim(body), align: 'left' }],
  }
}

/** What was filled in already is not taken for a template again. */
const verbatim = (text: string): string => text.replace(/\{([{%])/g, `{{ '{$1' }}`)

async function notToWrite(
  services: Services,
  actor: Actor,
  to: string,
  stream: 'workspace' | 'marketing',
  { data }: StepRequest,
): Promise<string | null> {
  if (await suppressed(services, actor, to, stream)) return 'Not sent: this person is not to be written to.'
  if (stream === 'workspace') return null
  const contact = (data().trigger as Record<string, StepJson> | undefined)?.contact as
    | Record<string, StepJson>
    | undefined
  const isTheirs = textOf(contact?.email).toLowerCase() === to
  return isTheirs && contact?.consent === 'given' ? null : 'Not sent: there is no consent to marketing mail.'
}

interface Writing {
  to: string
  template: MailTemplate
  templateId: string | null
  settings: CopilotSettings
  now: number
}

async function write(
  services: Services,
  actor: Actor,
  request: StepRequest,
  { to, template, templateId, settings, now }: Writing,
): Promise<StepOutcome> {
  const { tenantId, workspace } = actor
  // the same for the same key, so that a mail written twice is one
  const trackId = (await sha256Hex(`${tenantId}/${request.key}`)).slice(0, 32)
  const unsubscribe =
    template.stream === 'marketing' ? await unsubscribeAddress(services, tenantId, to, trackId) : null
  const foot = { workspace: workspace.name, postalAddress: settings.postal_address, unsubscribe }
  const made = mailPage(template, request.data(), foot, { timeZone: workspace.timeZone, now })
  if (!made.ok) return refused(made.error.detail)
  const links = made.value.links.filter((link) => isTracked(link, services.config.publicUrl))
  const page = await tracked(services, tenantId, trackId, made.value, links, settings)
  const replyTo = textOf(request.input.reply_to).trim()
  const draft = {
    ...{ to, subject: made.value.subject, ...page },
    fromName: workspace.name.replace(/[<>"\p{Cc}]/gu, ' ').trim(),
    ...(replyTo ? { replyTo } : {}),
    headers: unsubscribe ? unsubscribeHeaders(unsubscribe) : {},
  }
  const refusal = refuseDraft(draft)
  if (refusal) return refused(refusal)
  const { stream } = template
  const mail = await services.mail.send({
    ...draft,
    kind: 'automation',
    stream,
    tenantId,
    dedupeKey: request.key,
  })
  const db = services.tenant(tenantId)
  await db.write([
    insertAutomationMail(db, {
      ...{
        mailId: mail.id,
        trackId,
        automationId: request.automationId,
        runId: request.runId,
        templateId,
        stream,
        links,
      },
      ...{ stepKey: request.key, contactId: request.contact, toAddress: to, subject: draft.subject },
      sentAt: isoInstant(now),
    }),
  ])
  const output = { mail_id: mail.id, to, subject: draft.subject }
  return { ok: true, output, why: `Mailed ${to}: “${draft.subject}”.` }
}

async function tracked(
  services: Services,
  tenantId: string,
  trackId: string,
  page: MailPage,
  links: readonly string[],
  { track_clicks, track_opens }: CopilotSettings,
): Promise<{ html: string; text: string }> {
  const token = await trackAddress(services, tenantId, trackId)
  const led = track_clicks ? trackLinks(page, links, (index) => `${token}/${index}`) : page
  if (!track_opens) return { html: led.html, text: led.text }
  const pixel = `<img src="${token}/open.gif" width="1" height="1" alt="" border="0">`
  return { html: led.html.replace('</body>', `${pixel}</body>`), text: led.text }
}

/** RFC 8058: one click, by POST. */
const unsubscribeHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
