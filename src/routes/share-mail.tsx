/** The door for those who are mailed a dashboard: they say yes before the first mail and no whenever they like. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { barePage, failurePage, formFields } from '../http/respond.tsx'
import { answerMailLink, readMailLink } from '../modules/mini-foundry/index.ts'
import { MailChoice, MailChosen } from '../modules/mini-foundry/views/dashboard-mail-choice.tsx'

export const mailChoiceRoutes = new Hono<AppEnv>()
  .get('/p/mail/:token', async (c) => {
    const read = await readMailLink(c.var.services, c.req.param('token'))
    if (!read.ok) return failurePage(c, read.error)
    const body = <MailChoice address={read.value.address} state={read.value.state} action={c.req.path} />
    return barePage(c, { title: 'Dashboard by mail', body })
  })
  .post('/p/mail/:token', async (c) => {
    const yes = (await formFields(c)).answer === 'yes'
    const done = await answerMailLink(c.var.services, c.req.param('token'), yes)
    if (!done.ok) return failurePage(c, done.error)
    return barePage(c, { title: 'Dashboard by mail', body: <MailChosen yes={yes} /> })
  })
