/** `Idempotency-Key` on unsafe API calls (IETF httpapi draft): the same key and body again gets the stored answer. */
import type { MiddlewareHandler } from 'hono'
import { sha256Hex } from '../platform/crypto/digest.ts'
import { fail } from '../platform/result.ts'
import type { AppContext, AppEnv } from './context.ts'
import { problem } from './problem.ts'
import { missesFactor } from './required-factor.ts'

const KEPT_MS = 24 * 3_600_000
const MAX_BODY = 1_000_000

/** What of an answer's headers belongs to what was made. */
const kept = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    ['Location', 'ETag'].flatMap((name) => {
      const value = headers.get(name)
      return value ? [[name, value]] : []
    }),
  )

export function idempotency(): MiddlewareHandler<AppEnv> {
  return async function idempotency(c, next) {
    const key = c.req.header('Idempotency-Key')
    const actor = c.var.maybeActor
    const multipart = c.req.header('Content-Type')?.startsWith('multipart/') ?? false
    if (!key || !actor || c.req.method === 'GET' || c.req.method === 'HEAD' || multipart) return next()
    if (missesFactor(c)) return next()
    if (key.length > 255) {
      return problem(
        c,
        fail('malformed', 'bad-idempotency-key', 'Idempotency-Key has at most 255 characters.').error,
      )
    }
    const { directory, clock } = c.var.services
    const route = `${c.req.method} ${c.req.path}`
    const requestHash = await sha256Hex(await c.req.text())
    const claim = {
      tenantId: actor.tenantId,
      // each caller has keys of their own: nobody is given the answer that somebody with other rights was given
      // nor what they were given themselves when they had other rights
      key: `${actor.id} ${actor.role} ${actor.scopes ? [...actor.scopes].sort().join(',') : ''} ${key}`,
      route,
      requestHash,
      now: clock.now(),
      since: clock.now() - KEPT_MS,
    }
    const earlier = await directory.claimIdempotencyKey(claim)
    if (earlier) {
      if (earlier.requestHash !== requestHash) {
        return problem(
          c,
          fail('invalid', 'idempotency-key-reused', 'This Idempotency-Key came with another body before.')
            .error,
        )
      }
      if (earlier.status === null) {
        return problem(
          c,
          fail('conflict', 'request-in-progress', 'A request with this Idempotency-Key is still running.')
            .error,
        )
      }
      return c.body(await openBody(c, claim, earlier.body ?? ''), earlier.status as 200, {
        'Content-Type': `application/${earlier.status < 400 ? 'json' : 'problem+json'}; charset=utf-8`,
        'Idempotency-Replayed': 'true',
        ...(earlier.headers ? (JSON.parse(earlier.headers) as Record<string, string>) : {}),
      })
    }
    await next()
    const body = await c.res.clone().text()
    const keep = c.res.status < 500 && body.length < MAX_BODY
    await directory.settleIdempotencyKey(
      claim,
      keep
        ? { status: c.res.status, body: await sealBody(c, claim, body), headers: kept(c.res.headers) }
        : null,
    )
  }
}

interface Place {
  tenantId: string
  key: string
  route: string
}

const placeOf = ({ key, route }: Place) => `idempotency_keys/${route}/${key}`

/** An answer may hold what is shown once (a signing secret): it is not kept readable. */
const sealBody = (c: AppContext, place: Place, body: string): Promise<string> =>
  c.var.services.box.seal(place.tenantId, placeOf(place), body)

/** Rows of before were kept as they are. */
const openBody = async (c: AppContext, place: Place, kept: string): Promise<string> =>
  kept.startsWith('v1.') ? c.var.services.box.open(place.tenantId, placeOf(place), kept) : kept
