/** Composes middleware and mounts the doors. No logic of its own. */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { routePath } from 'hono/route'
import { compose } from './compose.ts'
import { apiVersion } from './http/api-version.ts'
import { isApi } from './http/audience.ts'
import { authenticate } from './http/authenticate.ts'
import type { AppContext, AppEnv } from './http/context.ts'
import { corsForKeys } from './http/cors.ts'
import { securityHeaders } from './http/headers.ts'
import { idempotency } from './http/idempotency.ts'
import { originGuard } from './http/origin.ts'
import { problem } from './http/problem.ts'
import { rateLimit } from './http/rate-limit.ts'
import { failurePage } from './http/respond.tsx'
import { captureError } from './platform/capture.ts'
import { createLog, errorText } from './platform/log.ts'
import { type Failure, fail } from './platform/result.ts'
import type { Services } from './platform/services.ts'
import { countUse, flushUse } from './platform/usage.ts'
import { apiRoutes } from './routes/api/index.ts'
import { devRoutes } from './routes/dev/index.tsx'
import { healthRoutes } from './routes/health.ts'
import { hookRoutes } from './routes/hooks.ts'
import { liveRoutes } from './routes/live.ts'
import { pageRoutes } from './routes/pages/index.ts'
import { mailPreviewRoutes } from './routes/preview-mail.ts'

export const app = new Hono<AppEnv>()

/** Before everything else: what `npm run bench` holds the product's pages against. */
app.get('/dev/bare', (c) => (c.env.ENVIRONMENT === 'production' ? c.notFound() : c.text('ok')))

app.use(requestId())
app.use(securityHeaders())
app.use(async function composeServices(c, next) {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const services = await compose(c.env, { later, logFields: { requestId: c.var.requestId } })
  c.set('services', services)
  const begin = services.clock.now()
  await next()
  if (services.config.environment !== 'production' && c.res.status !== 101)
    c.res.headers.set('Server-Timing', serverTiming(services, begin))
  countRequest(services)
})
app.use(corsForKeys())
app.use('/modules/*', apiVersion())
app.use('/auth/*', apiVersion())
app.use(authenticate())
app.use(originGuard())
app.use(rateLimit())
app.use('/modules/*', idempotency())

app.route('/', healthRoutes)
app.route('/', hookRoutes)
app.route('/', liveRoutes)
app.route('/', apiRoutes)
app.route('/', mailPreviewRoutes)
app.route('/', devRoutes)
app.route('/', pageRoutes)

app.notFound((c) => answer(c, fail('not_found', 'not-found', 'There is nothing at this address.').error))

app.onError((error, c) => {
  if (error instanceof HTTPException && error.status < 500) return answer(c, unreadable(error.status))
  // services that could not be composed have no log to tell it to
  const log = c.var.services?.log ?? createLog({ requestId: c.var.requestId })
  log.error('request.failed', {
    route: routePath(c),
    error: errorText(error),
    stack: error.stack ?? null,
  })
  if (c.var.services) {
    const place = `${c.req.method} ${routePath(c)}`
    c.var.services.later(captureError(c.var.services, error, place, c.var.requestId))
  }
  return answer(c, {
    kind: 'unavailable',
    slug: 'unexpected',
    detail:
      'Something went wrong on our side. Nothing was lost; try again, and tell us the request id if it stays.',
  })
})

/** For developers: how long it took, and what the database had to do. */
const serverTiming = ({ clock, meter }: Services, begin: number): string =>
  `total;dur=${clock.now() - begin}, db;desc="${meter.batches} batches, ${meter.rowsRead} rows read"`

function countRequest(services: Services): void {
  countUse('requests')
  countUse('d1_rows_read', services.meter.rowsRead)
  countUse('d1_rows_written', services.meter.rowsWritten)
  const flush = flushUse(services.directory, services.clock)
  if (flush)
    services.later(flush.catch((error) => services.log.warn('use.not_kept', { error: errorText(error) })))
}

/** What the framework refuses before a door sees it. */
const unreadable = (status: number): Failure =>
  status === 415
    ? fail('unsupported', 'unsupported-media-type', 'Send the body as application/json.').error
    : fail(
        'malformed',
        'unreadable-body',
        'The body of this request cannot be read: it is cut off or malformed.',
      ).error

function answer(c: AppContext, failure: Failure) {
  return isApi(c) || !c.var.services ? problem(c, failure) : failurePage(c, failure)
}
