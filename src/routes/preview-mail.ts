/** Mails shown in place, under the sandbox policy of /preview: no script, no picture or style from elsewhere. */
import { Hono } from 'hono'
import { requires } from '../http/authorize.ts'
import type { AppEnv } from '../http/context.ts'
import { failurePage } from '../http/respond.tsx'
import { readInbound, readMail } from '../modules/workspace/index.ts'

export const mailPreviewRoutes = new Hono<AppEnv>()
  .get('/preview/mail/outgoing/:mail', requires('mail:read'), async (c) => {
    const found = await readMail(c.var.services, c.var.actor, c.req.param('mail'))
    if (!found.ok) return failurePage(c, found.error)
    return c.html(found.value.mail.html_body)
  })
  .get('/preview/mail/inbound/:inbound', requires('mail:read'), async (c) => {
    const found = await readInbound(c.var.services, c.var.actor, c.req.param('inbound'))
    if (!found.ok) return failurePage(c, found.error)
    return c.text(found.value.textBody || 'This mail holds no words.')
  })
