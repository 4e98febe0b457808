/** Mail: what went out, what came in, whom we do not write to. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  addInbox,
  addSuppression,
  countMails,
  liftSuppression,
  listInbound,
  listInboxes,
  listMails,
  listSuppressions,
  readInbound,
  readMail,
  sendMail,
} from '../../modules/workspace/index.ts'
import { MailList } from '../../modules/workspace/views/mail-list.tsx'
import { MailPage, NewMailPage } from '../../modules/workspace/views/mail-page.tsx'
import { ReceivedList, ReceivedPage } from '../../modules/workspace/views/mail-received.tsx'
import { SuppressionsPage } from '../../modules/workspace/views/mail-suppressions.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const HOME = '/settings/mail'
const RECEIVED = `${HOME}/received`
const SUPPRESSED = `${HOME}/suppressions`
const section = 'settings'
const read = requires('mail:read')
const manage = requires('mail:manage')

const local = (c: AppContext) => ({
  timeZone: c.var.actor.workspace.timeZone,
  locale: c.var.actor.workspace.locale,
})

/** The same list from another place on, or from its beginning. */
const linksOf = (base: string, kept: Record<string, string>, next: string | null, isLater: boolean) => ({
  next: next && `${base}?${new URLSearchParams({ ...kept, before: next })}`,
  first: isLater ? `${base}?${new URLSearchParams(kept)}` : null,
})

export const mailPages = new Hono<AppEnv>()
  .get(HOME, read, async (c) => {
    const { services, actor } = c.var
    const { q: text = '', status = '', before } = c.req.query()
    const [mails, counts] = await Promise.all([
      listMails(services, actor, { text: text.slice(0, 100), status, before }),
      countMails(services, actor),
    ])
    if (!mails.ok) return failurePage(c, mails.error)
    const kept = { ...(text && { q: text }), ...(status && { status }) }
    const body = (
      <MailList
        mails={mails.value.items}
        counts={counts}
        from={services.config.mailFrom}
        text={text}
        status={status}
        maySend={can(actor, 'mail:manage')}
        {...linksOf(HOME, kept, mails.value.next, Boolean(before))}
        {...local(c)}
      />
    )
    return page(c, { title: 'Mail', section, body })
  })
  .post(HOME, manage, async (c) => {
    const { to, subject, text, ...rest } = await formFields(c)
    const sent = await sendMail(c.var.services, c.var.actor, { to, subject, text, ...rest })
    if (sent.ok) return goTo(c, `${HOME}/${sent.value.id}`, { toast: 'The mail is on its way.' })
    return showNew(c, { to: to ?? '', subject: subject ?? '', text: text ?? '' }, sent.error)
  })
  .get(`${HOME}/new`, manage, (c) => showNew(c, { to: c.req.query('to') ?? '' }))
  .get(RECEIVED, read, (c) => showReceived(c))
  .post(`${RECEIVED}/inboxes`, manage, async (c) => {
    const { name = '' } = await formFields(c)
    const added = await addInbox(c.var.services, c.var.actor, name)
    if (added.ok) return goTo(c, RECEIVED, { toast: 'The inbox is ready.' })
    return added.error.kind === 'invalid' ? showReceived(c, added.error) : failurePage(c, added.error)
  })
  .get(`${RECEIVED}/:inbound`, read, async (c) => {
    const mail = await readInbound(c.var.services, c.var.actor, c.req.param('inbound'))
    if (!mail.ok) return failurePage(c, mail.error)
    const title = mail.value.subject || 'Mail without a subject'
    return page(c, { title, section, body: <ReceivedPage mail={mail.value} {...local(c)} /> })
  })
  .get(SUPPRESSED, read, (c) => showSuppressed(c))
  .post(SUPPRESSED, manage, async (c) => {
    const { address, scope } = await formFields(c)
    const added = await addSuppression(c.var.services, c.var.actor, { address, scope })
    return added.ok
      ? goTo(c, SUPPRESSED, { toast: 'This address is not written to any more.' })
      : showSuppressed(c, added.error, { address: address ?? '', scope: scope ?? '' })
  })
  .post(`${SUPPRESSED}/lift`, manage, async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Write to this address again?',
      text: 'Do this when the person asked for it, or the address was mended.',
      confirmLabel: 'Write again',
      cancelHref: SUPPRESSED,
      tone: 'primary',
    })
    if (ask) return ask
    const { address = '', scope } = await formFields(c)
    const wanted = scope === 'marketing' ? 'marketing' : 'all'
    const lifted = await liftSuppression(c.var.services, c.var.actor, address, wanted)
    return lifted.ok
      ? goTo(c, SUPPRESSED, { toast: `${address} can be written to again.` })
      : failurePage(c, lifted.error)
  })
  .get(`${HOME}/:mail`, read, async (c) => {
    const found = await readMail(c.var.services, c.var.actor, c.req.param('mail'))
    if (!found.ok) return failurePage(c, found.error)
    const { mail, events } = found.value
    const body = <MailPage mail={{ ...mail, replyTo: mail.reply_to }} events={events} {...local(c)} />
    return page(c, { title: mail.subject || 'Mail', section, body })
  })

async function showNew(c: AppContext, values: Record<string, string>, failure?: Failure): Promise<Response> {
  const body = <NewMailPage values={values} errors={failure?.errors} />
  return page(c, { title: 'Write a mail', section, body, status: failure && statusOf(failure.kind) })
}

async function showReceived(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const { before = '' } = c.req.query()
  const [mails, inboxes] = await Promise.all([
    listInbound(services, actor, before),
    listInboxes(services, actor),
  ])
  if (!mails.ok) return failurePage(c, mails.error)
  const body = (
    <ReceivedList
      mails={mails.value.items}
      inboxes={inboxes.ok ? inboxes.value : []}
      takesMail={services.config.inboundDomain !== ''}
      mayManage={can(actor, 'mail:manage')}
      errors={failure?.errors}
      {...linksOf(RECEIVED, {}, mails.value.next, Boolean(before))}
      {...local(c)}
    />
  )
  return page(c, { title: 'Received mail', section, body, status: failure && statusOf(failure.kind) })
}

async function showSuppressed(
  c: AppContext,
  failure?: Failure,
  values: Record<string, string> = {},
): Promise<Response> {
  const { services, actor } = c.var
  const { q: text = '', before } = c.req.query()
  const listed = await listSuppressions(services, actor, { text: text.slice(0, 100), after: before })
  if (!listed.ok) return failurePage(c, listed.error)
  const body = (
    <SuppressionsPage
      entries={listed.value.items}
      text={text}
      mayManage={can(actor, 'mail:manage')}
      values={values}
      errors={failure?.errors}
      {...linksOf(SUPPRESSED, text ? { q: text } : {}, listed.value.next, Boolean(before))}
      {...local(c)}
    />
  )
  return page(c, { title: 'Not written to', section, body, status: failure && statusOf(failure.kind) })
}
