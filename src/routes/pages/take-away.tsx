/** Taking all facts away: the page that asks for the file, and the file. */
import { Hono } from 'hono'
import { attachment } from '../../http/attachment.ts'
import { wantsPartial } from '../../http/audience.ts'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, goTo, page, partial } from '../../http/respond.tsx'
import { beginTakeAway, listTakeAways, openTakeAway } from '../../modules/mini-foundry/index.ts'
import { TakeAwayPage, TakeAwayPiece } from '../../modules/mini-foundry/views/take-away.tsx'
import { proved } from './session-cookie.ts'

const HOME = '/foundry/take-away'

export const takeAwayPages = new Hono<AppEnv>()
  .get(HOME, requires('foundry:manage'), async (c) => {
    const listed = await listTakeAways(c.var.services, c.var.actor)
    if (!listed.ok) return failurePage(c, listed.error)
    const { timeZone, locale } = c.var.actor.workspace
    const props = { item: listed.value[0] ?? null, timeZone, locale }
    if (wantsPartial(c)) return partial(c, <TakeAwayPiece {...props} />)
    return page(c, { title: 'Take it all with you', section: 'foundry', body: <TakeAwayPage {...props} /> })
  })
  .post(HOME, requires('foundry:manage'), async (c) => {
    const begun = await beginTakeAway(c.var.services, c.var.actor)
    return begun.ok ? goTo(c, HOME, { toast: 'Your file is being made.' }) : failurePage(c, begun.error)
  })
  // like the whole export: the password was typed a moment ago, or is typed once more
  .get(`${HOME}/:id/download`, requires('foundry:manage'), async (c) => {
    if (!proved(c)) return goTo(c, `/prove?next=${HOME}`)
    const file = await openTakeAway(c.var.services, c.var.actor, c.req.param('id'))
    if (!file.ok) return failurePage(c, file.error)
    return c.body(file.value.body, 200, {
      'Content-Type': 'application/vnd.sqlite3',
      'Content-Length': String(file.value.bytes),
      'Content-Disposition': attachment(file.value.fileName),
    })
  })
