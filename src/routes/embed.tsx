/**
 * The door of frames: a shared dashboard inside a page of somebody else, if that site is named with the link. It needs no
 * cookie and sets none; the browser keeps every other site out (`frame-ancestors`).
 */
import { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { embeddedPage, failurePage } from '../http/respond.tsx'
import { openShared, readEmbed } from '../modules/mini-foundry/index.ts'
import { DashboardScreen } from '../modules/mini-foundry/views/dashboard-tv.tsx'
import { lookAtLink, noSuchLink } from '../modules/workspace/index.ts'
import { visitorOf } from './share.tsx'

export const embedRoutes = new Hono<AppEnv>().get('/embed/:token', async (c) => {
  const seen = await lookAtLink(c.var.services, c.req.param('token'), 'view', visitorOf(c))
  if (!seen.ok) return failurePage(c, seen.error)
  const { link, actor } = seen.value
  const embed = readEmbed(link, c.req.query('theme'))
  // a link without sites looks in a frame like one that never was
  if (!embed) return failurePage(c, noSuchLink().error)
  const view = await openShared(c.var.services, actor, link)
  if (!view.ok) return failurePage(c, noSuchLink().error)
  const body = <DashboardScreen view={view.value} reader={actor.workspace} tab="" live={false} />
  return embeddedPage(c, { title: view.value.dashboard.name, body, ...embed })
})
