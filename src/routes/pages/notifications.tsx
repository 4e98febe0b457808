/** A person's notifications, and how they want to hear of things. */
import { Hono } from 'hono'
import { signedIn } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  readAllNotices,
  readInbox,
  readNotice,
  readNoticeChoices,
  SUPPORTED_ZONES,
  updateNoticeChoices,
} from '../../modules/workspace/index.ts'
import { InboxPage } from '../../modules/workspace/views/inbox.tsx'
import { NotificationSettingsPage } from '../../modules/workspace/views/settings-notifications.tsx'
import type { Failure } from '../../platform/result.ts'

const TIMES = ['timeZone', 'quietFrom', 'quietUntil', 'digestHour', 'digestWeekday', 'mailsPerHour']

export const notificationPages = new Hono<AppEnv>()
  .get('/notifications', signedIn(), showInbox)
  .get('/notifications/:id/open', signedIn(), async (c) => {
    const read = await readNotice(c.var.services, c.var.actor, c.req.param('id'))
    return read.ok
      ? c.redirect(read.value.href || '/notifications?show=all', 303)
      : failurePage(c, read.error)
  })
  .post('/notifications/:id/read', signedIn(), async (c) => {
    const read = await readNotice(c.var.services, c.var.actor, c.req.param('id'))
    return read.ok ? goTo(c, '/notifications') : failurePage(c, read.error)
  })
  .post('/notifications/read', signedIn(), async (c) => {
    const read = await readAllNotices(c.var.services, c.var.actor)
    return read.ok
      ? goTo(c, '/notifications', { toast: 'All is marked as read.' })
      : failurePage(c, read.error)
  })
  .get('/settings/notifications', signedIn(), (c) => showSettings(c))
  .post('/settings/notifications', signedIn(), async (c) => {
    const done = await updateNoticeChoices(c.var.services, c.var.actor, choicesOf(await formFields(c)))
    return done.ok
      ? goTo(c, '/settings/notifications', { toast: 'Your choices are saved.' })
      : showSettings(c, done.error)
  })

async function showInbox(c: AppContext): Promise<Response> {
  const { actor, services } = c.var
  const { kind = '', before } = c.req.query()
  const show = c.req.query('show') === 'all' ? 'all' : 'unread'
  const filter = { kind: kind || undefined, unread: show === 'unread', before }
  const read = await readInbox(services, actor, filter)
  if (!read.ok) return failurePage(c, read.error)
  const { notices, nextCursor, unread, kinds } = read.value
  const next =
    nextCursor && new URLSearchParams({ show, ...(kind && { kind }), before: nextCursor }).toString()
  const body = (
    <InboxPage
      notices={notices}
      kinds={kinds}
      unread={unread}
      show={show}
      kind={kind}
      next={next && `/notifications?${next}`}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'Notifications', section: 'notifications', body })
}

async function showSettings(c: AppContext, failure?: Failure): Promise<Response> {
  const { actor, services } = c.var
  const read = await readNoticeChoices(services, actor)
  if (!read.ok) return failurePage(c, read.error)
  const body = (
    <NotificationSettingsPage
      {...read.value}
      zones={SUPPORTED_ZONES}
      email={actor.email ?? ''}
      locale={actor.workspace.locale}
      errors={failure?.errors}
    />
  )
  return page(c, {
    title: 'Notifications',
    section: 'settings',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}

/** `mail:<kind>` says how by mail; a kind that is asked about and has no `app:<kind>` is out of the app. */
function choicesOf(fields: Record<string, string>) {
  const kinds: Record<string, unknown> = {}
  for (const [name, mail] of Object.entries(fields)) {
    if (!name.startsWith('mail:')) continue
    const kind = name.slice('mail:'.length)
    kinds[kind] = { mail, inApp: fields[`app:${kind}`] === 'yes' }
  }
  const settings = Object.fromEntries(
    TIMES.filter((name) => name in fields).map((name) => [name, fields[name]]),
  )
  return { kinds, settings }
}
