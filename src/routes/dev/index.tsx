/** Doors of development: the demo, the clock, the outbox, the components. In production there is nothing here. */
import { Hono, type MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo } from '../../http/respond.tsx'
import { sameText } from '../../platform/crypto/digest.ts'
import { fail } from '../../platform/result.ts'
import { DevTools } from '../../views/dev-tools.tsx'
import { ComponentGallery } from '../../views/gallery.tsx'
import { Outbox } from '../../views/outbox.tsx'
import { seedDemo } from './seed.ts'

const HOUR_MS = 3_600_000
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|example\.com)$/

const nothing = fail('not_found', 'not-found', 'There is nothing at this address.').error

/** Only outside production, and only on this machine. */
const inDevelopment: MiddlewareHandler<AppEnv> = async function inDevelopment(c, next) {
  const local = LOOPBACK.test(new URL(c.req.url).hostname)
  return c.env.ENVIRONMENT === 'production' || !local ? failurePage(c, nothing) : next()
}

export const devRoutes = new Hono<AppEnv>()
  .use('/dev/*', inDevelopment)
  .use('/dev', inDevelopment)
  .use('/preview/*', inDevelopment)
  .post('/dev/seed', async (c) => {
    if (!holdsKey(c))
      return problem(
        c,
        fail('forbidden', 'dev-key', 'Send the development key of .dev.vars as x-dev-key.').error,
      )
    const { empty } = (await c.req.json()) as { empty?: boolean }
    return c.json(await seedDemo(c.var.services, empty === true))
  })
  .get('/dev/bare', (c) => c.text('ok'))
  .get('/dev', async (c) => {
    const offset = Number((await c.var.services.directory.installationValue('clock_offset_ms')) ?? 0)
    const body = (
      <DevTools now={new Date(c.var.services.clock.now()).toISOString()} offsetHours={offset / HOUR_MS} />
    )
    return barePage(c, { title: 'Development tools', body, wide: true })
  })
  .post('/dev/clock', async (c) => {
    const { hours = '', reset } = await formFields(c)
    const { directory } = c.var.services
    const known = Number((await directory.installationValue('clock_offset_ms')) ?? 0)
    const more = Number(hours)
    if (!reset && !(Number.isFinite(more) && more > 0 && more <= 24 * 400)) {
      return failurePage(c, fail('invalid', 'invalid', 'Move the clock forward by 1 hour to 400 days.').error)
    }
    await directory.setInstallationValue('clock_offset_ms', String(reset ? 0 : known + more * HOUR_MS))
    return goTo(c, '/dev', { toast: reset ? 'Back to real time.' : `Moved forward by ${more} hours.` })
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

const holdsKey = (c: AppContext): boolean =>
  Boolean(c.env.DEV_KEY) && sameText(c.req.header('x-dev-key') ?? '', c.env.DEV_KEY ?? '')
