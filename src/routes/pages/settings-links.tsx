/** All public links, by page: found, and ended. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { listLinks, revokeLink } from '../../modules/workspace/index.ts'
import { LinksPage } from '../../modules/workspace/views/settings-links.tsx'

const manage = requires('links:manage')
const place = '/settings/links'
const SHOWN = 50

export const linkPages = new Hono<AppEnv>()
  .get(place, manage, async (c) => {
    const { services, actor } = c.var
    const { q = '', kind = '', state = '', before } = c.req.query()
    const filter = Object.fromEntries(Object.entries({ q, kind, state }).filter(([, value]) => value !== ''))
    const question = { text: q.slice(0, 100), kind, activeOnly: state === 'active', cursor: before }
    const listed = await listLinks(services, actor, question, SHOWN)
    if (!listed.ok) return failurePage(c, listed.error)
    const { links, nextCursor } = listed.value
    const href = (more: Record<string, string>) => `${place}?${new URLSearchParams({ ...filter, ...more })}`
    const body = (
      <LinksPage
        links={links}
        filter={filter}
        next={nextCursor && href({ before: nextCursor })}
        first={before ? href({}) : null}
        timeZone={actor.workspace.timeZone}
        locale={actor.workspace.locale}
      />
    )
    return page(c, { title: 'Public links', section: 'settings', body })
  })
  .post(`${place}/:id/revocation`, manage, async (c) => {
    const { back = '' } = await formFields(c)
    const href = /^\/files\/[0-9a-f-]{36}$/.test(back) ? back : place
    const ask = await needsConfirmation(c, {
      title: 'Revoke this link?',
      text: 'Whoever has the link can no longer open it. This cannot be taken back.',
      confirmLabel: 'Revoke the link',
      cancelHref: href,
    })
    if (ask) return ask
    const done = await revokeLink(c.var.services, c.var.actor, c.req.param('id'))
    return done.ok ? goTo(c, href, { toast: 'The link is revoked.' }) : failurePage(c, done.error)
  })
