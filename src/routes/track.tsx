/** The doors of mails: counted links and pictures, and unsubscribing. Looking never decides anything. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/context.ts'
import { barePage, failurePage } from '../http/respond.tsx'
import { clickThrough, lookAtUnsubscribe, noteOpen, unsubscribe } from '../modules/ops-copilot/index.ts'
import { LinkGonePage, UnsubscribePage } from '../modules/ops-copilot/views/unsubscribe.tsx'

/** A transparent GIF of one point. */
const PIXEL = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) =>
  char.charCodeAt(0),
)
const QUIET = { 'Cache-Control': 'no-store' }

export const trackRoutes = new Hono<AppEnv>()
  .get('/track/:token/open.gif', (c) => {
    c.var.services.later(noteOpen(c.var.services, c.req.param('token'), visitOf(c)))
    return c.body(PIXEL, 200, { 'Content-Type': 'image/gif', ...QUIET })
  })
  .get('/track/:token/:link{\\d{1,3}}', async (c) => {
    const { token, link } = c.req.param()
    const href = await clickThrough(c.var.services, token, Number(link), visitOf(c))
    if (href === null)
      return barePage(c, { title: 'This link leads nowhere', body: <LinkGonePage />, status: 404 })
    return c.body(null, 302, { Location: href, ...QUIET })
  })
  .get('/mail/unsubscribe/:token', async (c) => {
    const seen = await lookAtUnsubscribe(c.var.services, c.req.param('token'))
    if (!seen.ok) return failurePage(c, seen.error)
    return barePage(c, {
      title: 'Unsubscribe',
      body: <UnsubscribePage {...seen.value} action={c.req.path} />,
    })
  })
  .post('/mail/unsubscribe/:token', async (c) => {
    const done = await unsubscribe(c.var.services, c.req.param('token'))
    if (!done.ok) return failurePage(c, done.error)
    return barePage(c, {
      title: 'Unsubscribed',
      body: <UnsubscribePage {...done.value} action={c.req.path} />,
    })
  })

/** What is judged and then forgotten: neither address nor program is kept. */
const visitOf = (c: AppContext) => ({
  method: c.req.method,
  userAgent: c.req.header('User-Agent') ?? '',
  prefetch: /prefetch|preview/i.test(c.req.header('Sec-Purpose') ?? c.req.header('Purpose') ?? ''),
})
