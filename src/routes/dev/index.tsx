/** Doors of development: the demo, the clock, the outbox, the components. In production there is nothing here. */
import { Hono, type MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo } from '../../http/respond.tsx'
import { tellEveryOverdue } from '../../modules/mini-foundry/index.ts'
import { wakeEngines } from '../../modules/ops-copilot/index.ts'
import { isoInstant, movedClock } from '../../platform/clock.ts'
import { sameText } from '../../platform/crypto/digest.ts'
import { fail } from '../../platform/result.ts'
import { DevTools } from '../../views/dev-tools.tsx'
import { ComponentGallery } from '../../views/gallery.tsx'
import { Outbox } from '../../views/outbox.tsx'
import { seedDemo } from './seed.ts'
import { seedFamous } from './seed-famous.ts'

const HOUR_MS = 3_600_000
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|example\.com)$/

/** How far ahead of real time the clock may go: a little over two years. */
const FURTHEST_MS = 800 * 24 * HOUR_MS

const nothing = fail('not_found', 'not-found', 'There is nothing at this address.').error

/** Only outside production, and only on this machine. */
const inDevelopment: MiddlewareHandler<AppEnv> = async function inDevelopment(c, next) {
  const local = LOOPBACK.test(new URL(c.req.url).hostname)
  return c.env.ENVIRONMENT === 'production' || !local ? failurePage(c, nothing) : next()
}

export const devRoutes = new Hono<AppEnv>()
  .use('/dev/*', inDevelopment)
  .use('/dev', inDevelopment)
  .use('/preview/mail/:id', inDevelopment)
  .post('/dev/seed', async (c) => {
    if (!holdsKey(c))
      return problem(
        c,
        fail('forbidden', 'dev-key', 'Send the development key of .dev.vars as x-dev-key.').error,
      )
    const wish = (await c.req.json().catch(() => null)) as { empty?: boolean } | null
    return c.json(await seedDemo(c.var.services, wish?.empty === true))
  })
  .post('/dev/seed/famous', async (c) => {
    if (!holdsKey(c))
      return problem(
        c,
        fail('forbidden', 'dev-key', 'Send the development key of .dev.vars as x-dev-key.').error,
      )
    return c.json(await seedFamous(c.var.services, await c.req.text()))
  })
  .get('/dev', async (c) => {
    const offset = Number((await c.var.services.directory.installationValue('clock_offset_ms')) ?? 0)
    const body = <DevTools now={isoInstant(c.var.services.clock.now())} offsetHours={offset / HOUR_MS} />
    return barePage(c, { title: 'Development tools', body, wide: true })
  })
  .post('/dev/clock', async (c) => {
    const { directory, clock } = c.var.services
    const known = Number((await directory.installationValue('clock_offset_ms')) ?? 0)
    const wanted = offsetOf(await formFields(c), known, clock.now())
    if (wanted === null || wanted < 0 || wanted > FURTHEST_MS) {
      const detail = 'The clock goes from real time up to 800 days ahead of it, e.g. 2027-01-31T09:00Z.'
      return failurePage(c, fail('invalid', 'invalid', detail).error)
    }
    const now = isoInstant(clock.now() - known + wanted)
    await passDays(c.var.services, known, wanted)
    return goTo(c, '/dev', { toast: wanted === 0 ? 'Back to real time.' : `It is ${now} now.` })
  })
  .get('/dev/outbox', async (c) => {
    const mails = await c.var.services.directory.latestMails(50)
    return barePage(c, { title: 'Outbox', body: <Outbox mails={mails} />, wide: true })
  })
  .get('/preview/mail/:id', async (c) => {
    const mail = await c.var.services.directory.mail(c.req.param('id'))
    return mail ? c.html(mail.html_body) : failurePage(c, nothing)
  })
  .get('/dev/components', (c) => barePage(c, { title: 'Components', body: <ComponentGallery />, wide: true }))

const DAY_MS = 86_400_000
/** More days than this are left out from the beginning of a long way. */
const MOST_DAYS = 60

/**
 * What the days between do by the clock: invoices fall due, and engines, whose alarms go by real time, do what has come.
 * `from` and `to`: offsets in milliseconds.
 */
async function passDays(services: AppContext['var']['services'], from: number, to: number): Promise<void> {
  const days = Math.max(0, Math.min(MOST_DAYS, Math.floor((to - from) / DAY_MS)))
  for (let left = days; left >= 0; left--) {
    const offset = to - left * DAY_MS
    await services.directory.setInstallationValue('clock_offset_ms', String(offset))
    const then = { ...services, clock: movedClock(offset) }
    await tellEveryOverdue(then)
    await wakeEngines(then, 0)
  }
}

const holdsKey = (c: AppContext): boolean =>
  Boolean(c.env.DEV_KEY) && sameText(c.req.header('x-dev-key') ?? '', c.env.DEV_KEY ?? '')

/** The clock's new offset by the form: `reset`, `hours` ahead of now, or `at` (an instant); null when it is none. */
function offsetOf(fields: Record<string, string>, known: number, now: number): number | null {
  if (fields.reset) return 0
  const wanted = fields.at
    ? known + Date.parse(fields.at) - now
    : known + Number(fields.hours || Number.NaN) * HOUR_MS
  return Number.isFinite(wanted) ? Math.round(wanted) : null
}
